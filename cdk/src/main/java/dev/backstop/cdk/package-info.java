/** The stacks, and the constructs that they are made of, each of which another app can use. */
@NullMarked
package dev.backstop.cdk;

import org.jspecify.annotations.NullMarked;
