/** {@code backstop demo}: an agent's working day played against a local AWS, answered by the real line, and judged. */
@NullMarked
package dev.backstop.cli.demo;

import org.jspecify.annotations.NullMarked;
