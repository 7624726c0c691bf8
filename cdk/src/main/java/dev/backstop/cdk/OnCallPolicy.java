package dev.backstop.cdk;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.constructs.Construct;

/**
 * What to give whoever is on call: stopping agent sessions and letting them go on, following and resolving incidents, and
 * exempting what is meant to be; nothing else.
 */
public final class OnCallPolicy extends Construct {
    static final String NAME = "BackstopOnCall";

    /** The functions that people invoke; those that are not deployed cannot be. */
    static final List<String> FUNCTIONS =
            List.of("backstop-revoke", "backstop-restore", "backstop-sessions", "backstop-drill");

    private final ManagedPolicy policy;

    /** @param aliased whether functions are invoked through the alias {@code live} */
    public OnCallPolicy(Construct scope, String id, boolean aliased) {
        super(scope, id);
        Stream<String> functions = FUNCTIONS.stream()
                .map(name -> Grants.arn("lambda", "function:" + GuardFunction.invocable(name, aliased)));
        policy = ManagedPolicy.Builder.create(this, "Policy")
                .managedPolicyName(NAME)
                .description("On call for Backstop: stop agent sessions, list them, let them go on, drill the switch")
                .statements(List.of(Grants.allow(List.of("lambda:InvokeFunction"), functions.toList())))
                .build();
    }

    ManagedPolicy policy() {
        return policy;
    }
}
