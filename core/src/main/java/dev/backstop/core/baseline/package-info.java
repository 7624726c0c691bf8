/** What Backstop itself has seen of security groups and instances, and when that is to be trusted. */
@NullMarked
package dev.backstop.core.baseline;

import org.jspecify.annotations.NullMarked;
