/** A local AWS in memory: every port of {@link dev.backstop.core.port}, for the demo, the tests and runs without a stack. */
@NullMarked
package dev.backstop.core.memory;

import org.jspecify.annotations.NullMarked;
