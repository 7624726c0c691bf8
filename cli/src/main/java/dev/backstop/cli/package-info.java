/** The command: what a person or a script runs by hand. */
@NullMarked
package dev.backstop.cli;

import org.jspecify.annotations.NullMarked;
