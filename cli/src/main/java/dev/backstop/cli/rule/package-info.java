/** A user's own rules: held to their events, and drafted from a record. */
@NullMarked
package dev.backstop.cli.rule;

import org.jspecify.annotations.NullMarked;
