/** The catalogue: one YAML file a rule, its loader, the configuration it is composed with, and the matcher. */
@NullMarked
package dev.backstop.rules;

import org.jspecify.annotations.NullMarked;
