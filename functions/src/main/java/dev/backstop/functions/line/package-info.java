/** The line from a detection to its alert, over ports only: the same in Lambda, on the command line and in the demo. */
@NullMarked
package dev.backstop.functions.line;

import org.jspecify.annotations.NullMarked;
