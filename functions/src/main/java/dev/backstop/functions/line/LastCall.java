package dev.backstop.functions.line;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Detection;
import dev.backstop.core.Json;
import dev.backstop.core.Resource;
import dev.backstop.core.Rule;
import dev.backstop.core.port.CallHistory;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The last call that can have broken a rule of AWS Config: it is undone where an agent's session made it and it explains what
 * AWS Config saw, else it is told with the command.
 */
record LastCall(CallHistory calls, AgentSelector agents, InstantSource clock) {
    /**
     * What is made of it.
     *
     * @param resource as calls name it
     * @param can whether a call can have made what is there now
     * @param undone the rule where the call is to be undone
     * @param would the call that a person would have undone, for the alert
     * @param command what a person would type
     */
    Detection of(
            Violation broken,
            Resource resource,
            Predicate<CloudTrailRecord> can,
            Rule undone,
            ObjectNode would,
            String command) {
        Optional<CloudTrailRecord> last =
                calls.last(resource.id(), clock.instant().minus(Violations.FOUND_WITHIN), can);
        boolean byAgent = last.filter(call -> agents.selects(call.caller())).isPresent();
        if (byAgent && broken.isExplainedBy(last.get(), clock.instant())) {
            return new Detection(undone, last.get());
        }
        // An agent is named for what it did, and not for what a person may have done since.
        JsonNode caller = last.filter(_ -> !byAgent)
                .map(call -> call.json().path("userIdentity"))
                .orElseGet(Json::object);
        String why = who(last, byAgent) + ", so it is left as it is. If it is not to be so: " + command;
        return new Detection(
                broken.rule().because(why), DriftRecords.of(broken.id(), clock.instant(), resource, caller, would));
    }

    private static String who(Optional<CloudTrailRecord> last, boolean byAgent) {
        return last.map(call -> (byAgent
                                ? "The last recorded call that can have made it so is an agent's, but need not be what AWS Config saw"
                                : "No agent's session made the last call that can have made it so")
                        + " (" + call.eventName() + " at " + call.eventTime() + ")")
                .orElse("No recorded call says who made it so");
    }
}
