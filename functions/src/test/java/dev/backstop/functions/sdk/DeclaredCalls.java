package dev.backstop.functions.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Comparison;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Records;
import dev.backstop.core.Remediation;
import dev.backstop.core.Remediation.Permission;
import dev.backstop.core.Resource;
import dev.backstop.core.Response;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.remediations.Remediations;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds what remediations declare to the calls that their steps make on a local AWS: all of them, and no others. */
final class DeclaredCalls {
    /** S3's block of public access has other names among the permissions than among the calls. */
    private static final Map<String, String> PERMISSIONS = Map.of(
            "s3:GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock",
            "s3:PutPublicAccessBlock", "s3:PutBucketPublicAccessBlock");

    private DeclaredCalls() {}

    /**
     * One call that is undone, made just now: the local AWS has the time of this machine.
     *
     * @param prior what AWS Config says of whatever the remediation asks for; null for nothing
     */
    record Undone(
            String service,
            String event,
            String request,
            String response,
            @Nullable String prior) {
        CloudTrailRecord record() {
            return Records.record(
                    service, event, request, response, Instant.now().toString());
        }
    }

    static void hold(String remediationId, SdkClients clients, Undone... undone) {
        Remediation remediation = Remediations.named(remediationId).orElseThrow();
        Aws aws = new SdkAws(clients);
        Set<String> seen =
                SeenCalls.during(() -> Arrays.stream(undone).forEach(call -> undo(remediation, call, aws)))
                        .calls()
                        .stream()
                        .map(call -> PERMISSIONS.getOrDefault(call, call))
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> declared = remediation.permissions().stream()
                .map(Permission::action)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(declared, seen, remediationId);
    }

    private static void undo(Remediation remediation, Undone call, Aws aws) {
        Finding finding =
                Records.finding(Records.rule("r", remediation.id(), Response.ALERT, Response.REVERT), call.record());
        String prior = call.prior();
        Map<Resource, PriorState> known = prior == null
                ? Map.of()
                : remediation.needs(finding).stream()
                        .collect(Collectors.toMap(
                                Function.identity(),
                                resource -> new PriorState(Json.read(prior), Instant.EPOCH, resource.id())));
        switch (remediation.plan(finding, known)) {
            case Plan.Refused(String why) -> throw new AssertionError(call + ": " + why);
            case Plan.Steps steps -> steps.steps().forEach(step -> run(step, aws));
        }
    }

    private static <S> void run(Step<S> step, Aws aws) {
        S live = step.read(aws);
        if (step.compare(live) instanceof Comparison.AsExpected) {
            step.apply(aws, live);
        }
    }
}
