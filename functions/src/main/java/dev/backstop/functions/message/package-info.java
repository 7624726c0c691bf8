/** What people and machines are told of an alert, by channel; nothing in a record can break out of its field. */
@NullMarked
package dev.backstop.functions.message;

import org.jspecify.annotations.NullMarked;
