package dev.backstop.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A rule as it is deployed or matched: its pattern with the agent selector in it and every placeholder expanded.
 *
 * @param pattern a complete EventBridge pattern
 */
public record ComposedRule(RuleDefinition definition, ObjectNode pattern) {}
