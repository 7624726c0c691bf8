package dev.backstop.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector.Account;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;

/** Puts the agent selector and the configured values into a rule's pattern, for one account. */
final class Composition {
    private final ObjectNode caller;
    private final Placeholders placeholders;

    Composition(Configuration configuration, Account account) {
        this.caller = configuration.agents().callerPattern(account);
        this.placeholders = new Placeholders(configuration);
    }

    /**
     * Composes one rule: its own conditions, and a caller that is an agent, and, unless the rule is about failed calls,
     * a call that succeeded (a failed one changed nothing).
     *
     * @throws BadInputException when the rule's own pattern leaves no place for the selector
     */
    ComposedRule compose(RuleDefinition definition) {
        ObjectNode pattern = (ObjectNode) placeholders.expand(definition.pattern(), definition.file());
        if (!(pattern.path("detail") instanceof ObjectNode detail)) {
            throw new BadInputException(definition.file(), "pattern.detail", "is missing");
        }
        if (!detail.has("errorCode")) {
            detail.putArray("errorCode").addObject().put("exists", false);
        }
        JsonNode own = detail.path("userIdentity");
        if (own.has("$or") || own.has("arn") || own.has("sessionContext")) {
            throw new BadInputException(
                    definition.file(), "pattern.detail.userIdentity", "$or, arn and sessionContext are the selector's");
        }
        ObjectNode identity = own instanceof ObjectNode node ? node : detail.putObject("userIdentity");
        identity.setAll(caller.deepCopy());
        return new ComposedRule(definition, pattern);
    }

    /** The values that patterns leave open. */
    private record Placeholders(Configuration configuration) {
        JsonNode expand(JsonNode node, String file) {
            if (node instanceof ObjectNode object) {
                ObjectNode expanded = Json.object();
                object.properties().forEach(entry -> expanded.set(entry.getKey(), expand(entry.getValue(), file)));
                return expanded;
            }
            if (node instanceof ArrayNode array) {
                ArrayNode expanded = Json.MAPPER.createArrayNode();
                array.forEach(item -> expanded.add(expand(item, file)));
                return expanded;
            }
            return node.asText().startsWith("${") ? value(node.asText(), file) : node;
        }

        private JsonNode value(String placeholder, String file) {
            return switch (placeholder) {
                case "${allowedInstanceTypes}" -> Json.MAPPER.valueToTree(configuration.allowedInstanceTypes());
                case "${allowedDatabaseClasses}" -> Json.MAPPER.valueToTree(configuration.allowedDatabaseClasses());
                case "${outsideAllowedTcpPorts}" -> outsideAllowedTcpPorts("ipProtocol", "fromPort", "toPort");
                case "${OutsideAllowedTcpPorts}" -> outsideAllowedTcpPorts("IpProtocol", "FromPort", "ToPort");
                default -> throw new BadInputException(file, "pattern", "unknown placeholder " + placeholder);
            };
        }

        /**
         * The branches of an {@code $or} over a rule's protocol and ports, in the names that the call's dialect has for
         * them: everything but TCP on exactly one allowed port. A range that only begins at an allowed port is outside, and
         * so is what does not say its protocol.
         */
        private ArrayNode outsideAllowedTcpPorts(String protocol, String from, String to) {
            ArrayNode branches = Json.MAPPER.createArrayNode();
            ArrayNode other = branches.addObject().putArray(protocol);
            other.addObject().put("anything-but", "tcp");
            other.addObject().put("exists", false);
            ObjectNode elsewhere = branches.addObject();
            elsewhere.putArray(protocol).add("tcp");
            if (!configuration.allowedTcpPorts().isEmpty()) {
                JsonNode allowed = Json.MAPPER.valueToTree(configuration.allowedTcpPorts());
                elsewhere.putArray(from).addObject().set("anything-but", allowed);
            }
            for (int port : configuration.allowedTcpPorts()) {
                ObjectNode range = branches.addObject();
                range.putArray(protocol).add("tcp");
                range.putArray(from).add(port);
                range.putArray(to).addObject().putArray("anything-but").add(port);
            }
            return branches;
        }
    }
}
