package dev.backstop.functions.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import dev.backstop.functions.MotoServer;
import dev.backstop.remediations.Remediations;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The steps of every remediation for EC2 call what it declares, all of it and nothing else, as the SDK sends it. */
class Ec2PermissionsTest {
    /** What AWS checks besides the call itself: it has no call of its own. */
    private static final Set<String> WITHOUT_CALL = Set.of("iam:PassRole", "kms:CreateGrant");

    private final SdkClients clients = MotoServer.fresh().clients();
    private final Aws aws = new SdkAws(clients);
    private final Ec2Scenes scenes = new Ec2Scenes(clients);

    static Stream<String> remediations() {
        return Remediations.all().stream()
                .filter(remediation -> remediation.permissions().stream()
                        .anyMatch(permission -> permission.action().startsWith("ec2:")))
                .map(Remediation::id)
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("remediations")
    void callsWhatItDeclares(String id) {
        Remediation remediation = Remediations.named(id).orElseThrow();
        Set<String> declared = remediation.permissions().stream()
                .map(Permission::action)
                .filter(action -> !WITHOUT_CALL.contains(action))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> called = new TreeSet<>();
        for (Ec2Scenes.Scene scene : scenes.of(id)) {
            called.addAll(undo(remediation, scene));
        }
        assertTrue(declared.containsAll(called), () -> declared + " but " + called);
        // Only a group without any rule is asked for: one that is gone has none either.
        declared.remove("ec2:DescribeSecurityGroups");
        called.remove("ec2:DescribeSecurityGroups");
        assertEquals(declared, called);
    }

    private Set<String> undo(Remediation remediation, Ec2Scenes.Scene scene) {
        CloudTrailRecord record = scene.record();
        Finding finding =
                Records.finding(Records.rule("rule", remediation.id(), Response.ALERT, Response.REVERT), record);
        Map<Resource, PriorState> prior = remediation.needs(finding).stream()
                .collect(Collectors.toMap(
                        resource -> resource, _ -> new PriorState(Json.read(scene.prior()), Instant.EPOCH, "test")));
        List<Step<?>> steps = assertInstanceOf(Plan.Steps.class, remediation.plan(finding, prior), record.eventName())
                .steps();
        return Set.copyOf(SeenCalls.during(() -> steps.forEach(this::run)).calls());
    }

    /** As a person has it made again. */
    private <S> void remake(Step<S> step) {
        S live = step.read(aws);
        if (step.compare(live) instanceof Comparison.AsExpected) {
            step.apply(aws, live);
        }
    }

    /** As the runner does it: what cannot be undone ends with the comparison. */
    private <S> void run(Step<S> step) {
        S found = step.read(aws);
        S live = found;
        if (step.compare(live) instanceof Comparison.AsExpected) {
            String note = step.note(live);
            Step<S> begun = note == null ? step : step.begunWith(note);
            for (int moves = 0; moves < step.moves() && begun.compare(live) instanceof Comparison.AsExpected; moves++) {
                begun.apply(aws, live);
                live = begun.read(aws);
            }
            assertInstanceOf(Comparison.NothingLeft.class, begun.compare(live), step.summary());
            step.again(found).forEach(this::remake);
        } else {
            assertInstanceOf(Comparison.MustNot.class, step.compare(live), step.summary());
        }
    }
}
