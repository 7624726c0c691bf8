/** Benchmarks of Backstop, each beside a reference in the same run; {@code bench/run} starts them. */
@NullMarked
package dev.backstop.bench;

import org.jspecify.annotations.NullMarked;
