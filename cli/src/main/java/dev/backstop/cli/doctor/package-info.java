/** What must hold in an account for Backstop to see and to act: one check each, with its remedy. */
@NullMarked
package dev.backstop.cli.doctor;

import org.jspecify.annotations.NullMarked;
