/** What on-call asks: through the deployed functions, or with one's own credentials where they are not there. */
@NullMarked
package dev.backstop.cli.oncall;

import org.jspecify.annotations.NullMarked;
