package dev.backstop.functions.line;

import dev.backstop.core.port.Breaker;
import dev.backstop.core.port.ForgedTags;

/** What is known of resources that may have to be left alone. */
public record Restraints(Breaker breaker, ForgedTags forgedTags) {}
