package dev.backstop.functions.handler;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.Json;
import dev.backstop.core.Leniency;
import dev.backstop.core.RevertLimits;
import dev.backstop.core.Routes;
import dev.backstop.functions.message.Letterhead;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the stack tells a function through its environment, read once.
 *
 * @param regions the further Regions that are watched
 * @param revokeFunction the revoke function's name and alias
 * @param restoreFunction the restore function's name and alias
 * @param respondFunction the respond function's name and alias
 * @param windows the file with the rules over what sessions do within some time; null for functions that need none
 * @param canaryRole the ARN of the role that drills open sessions of
 * @param routes how urgent what is
 * @param runbook where alerts say that the runbook is
 * @param snapshot whether SnapStart keeps what this process becomes while it initialises
 */
record Settings(
        String region,
        List<String> regions,
        String account,
        String table,
        String topicArn,
        String revokeFunction,
        String restoreFunction,
        String respondFunction,
        @Nullable String windows,
        String canaryRole,
        AgentSelector agents,
        Leniency leniency,
        Routes routes,
        RevertLimits reverts,
        String runbook,
        boolean snapshot) {
    static Settings of(Map<String, String> environment) {
        return new Settings(
                required(environment, "AWS_REGION"),
                Json.values(Json.read(environment.getOrDefault("BACKSTOP_REGIONS", "{}")), "regions"),
                required(environment, "BACKSTOP_ACCOUNT"),
                required(environment, "BACKSTOP_TABLE"),
                required(environment, "BACKSTOP_TOPIC_ARN"),
                required(environment, "BACKSTOP_REVOKE_FUNCTION"),
                required(environment, "BACKSTOP_RESTORE_FUNCTION"),
                required(environment, "BACKSTOP_RESPOND_FUNCTION"),
                environment.get("BACKSTOP_WINDOWS"),
                required(environment, "BACKSTOP_CANARY_ROLE"),
                AgentSelector.of(Json.read(required(environment, "BACKSTOP_AGENTS"))),
                leniency(environment.get("BACKSTOP_LENIENCY")),
                Routes.of(Json.read(environment.getOrDefault("BACKSTOP_ROUTES", "{}"))),
                RevertLimits.of(Json.read(required(environment, "BACKSTOP_REVERTS"))),
                environment.getOrDefault("BACKSTOP_RUNBOOK", Letterhead.PLAIN.runbook()),
                // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
                "snap-start".equals(environment.get("AWS_LAMBDA_INITIALIZATION_TYPE")));
    }

    /** What follows a function's name where it is invoked: its alias, or nothing. */
    String qualifier() {
        int colon = revokeFunction.lastIndexOf(':');
        return colon < 0 ? "" : revokeFunction.substring(colon);
    }

    private static Leniency leniency(@Nullable String json) {
        return json == null ? Leniency.NONE : Leniency.of(Json.read(json));
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("the environment variable " + name + " is not set: deploy the stack again");
        }
        return value;
    }
}
