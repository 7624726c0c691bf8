/** One class a kind of change: what would undo it, planned purely; and the planning of revocation. */
@NullMarked
package dev.backstop.remediations;

import org.jspecify.annotations.NullMarked;
