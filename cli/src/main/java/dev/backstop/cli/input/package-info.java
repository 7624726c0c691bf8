/** Reading CloudTrail as users have it: bytes become frames, frames become events; constant memory for any size. */
@NullMarked
package dev.backstop.cli.input;

import org.jspecify.annotations.NullMarked;
