/** What Backstop needs of AWS, one narrow interface a kind of thing. Every implementation passes the same contract. */
@NullMarked
package dev.backstop.core.port;

import org.jspecify.annotations.NullMarked;
