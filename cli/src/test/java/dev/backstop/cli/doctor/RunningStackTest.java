package dev.backstop.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.cli.LocalAccount;
import dev.backstop.cli.account.Account;
import dev.backstop.cli.doctor.Check.Verdict;
import dev.backstop.core.Json;
import dev.backstop.core.Resource;
import dev.backstop.core.baseline.Capture;
import dev.backstop.functions.sdk.DynamoBaselines;
import dev.backstop.functions.sdk.SdkClients;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.securityhub.SecurityHubClient;

/** What the doctor makes of a stack that runs: its pulse, its alarms, and the way from us-east-1. */
final class RunningStackTest {
    private static final Instant NOW = Instant.parse("2026-11-25T03:00:00Z");

    private final Kept kept = new Kept();

    @Test
    void aHeartbeatIsWellWhileItIsYoung() {
        PulseCheck pulse = new PulseCheck(kept, NOW);
        assertEquals(Verdict.PROBLEM, pulse.heartbeat().verdict());
        kept.put("HeartbeatSeconds", Duration.ofHours(3), 90);
        assertEquals(
                Check.problem(
                        "heartbeat",
                        "the last came 3 h ago, 90 s after the canary's call",
                        "see docs/runbook.md#heartbeat-missing"),
                pulse.heartbeat());
        kept.put("HeartbeatSeconds", Duration.ofMinutes(12), 71);
        assertEquals(
                Check.ok("heartbeat", "the last came 12 min ago, 71 s after the canary's call"), pulse.heartbeat());
    }

    @Test
    void aDrillIsWellUntilOneFailsOrTheNextIsDue() {
        PulseCheck pulse = new PulseCheck(kept, NOW);
        assertEquals("./backstop drill", pulse.drill().remedy());
        kept.put("DrillSecondsToRefused", Duration.ofDays(9), 4);
        assertEquals(Verdict.PROBLEM, pulse.drill().verdict());
        kept.put("DrillSecondsToRefused", Duration.ofDays(2), 4);
        assertEquals(Verdict.OK, pulse.drill().verdict());
        kept.put("DrillsFailed", Duration.ofHours(3), 1);
        assertEquals("the last failed, 3 h ago", pulse.drill().finding());
        kept.put("DrillSecondsToRefused", Duration.ofHours(1), 5);
        assertEquals(Verdict.OK, pulse.drill().verdict(), "it was drilled again");
    }

    @Test
    void anAlarmThatIsRedSaysWhereToReadOnAndOneThatCannotTellHowItCan() {
        AlarmsCheck alarms = new AlarmsCheck(kept);
        assertEquals("there is none", alarms.look().getFirst().finding());
        kept.alarms.add(alarm("backstop-respond-errors", false, true));
        kept.alarms.add(alarm("backstop-heartbeat-silent", true, true));
        assertEquals(List.of(Check.ok("alarms", "none of the 1 is in ALARM")), alarms.look());
        kept.alarms.add(alarm("backstop-undelivered-not-empty", true, false));
        assertEquals(
                List.of(
                        "see docs/runbook.md#queue-not-empty",
                        "aws cloudwatch enable-alarm-actions --alarm-names backstop-undelivered-not-empty"),
                alarms.look().stream().map(Check::remedy).toList());
    }

    @Test
    void aBaselineIsWellWhileSurveysKeepIt() {
        try (LocalAccount local = LocalAccount.open()) {
            DynamoBaselines kept = new DynamoBaselines(local.createTable(), InstantSource.fixed(NOW));
            Account here = Account.here();
            BaselineCheck check = new BaselineCheck(here, NOW);
            assertTrue(check.look().finding().startsWith("it knows none of"), check.look()::toString);
            List<Resource> groups = local.clients().ec2().describeSecurityGroups().securityGroups().stream()
                    .map(group -> new Resource("AWS::EC2::SecurityGroup", group.groupId(), here.region(), here.id()))
                    .toList();
            ObjectNode seen = Json.object();
            seen.putArray("securityGroupRules");
            groups.forEach(group -> kept.keep(group, looked(Duration.ofDays(17), seen)));
            assertTrue(check.look().finding().contains(" is 17 days old"), check.look()::toString);
            groups.forEach(group -> kept.keep(group, looked(Duration.ofDays(15), seen)));
            assertEquals(Verdict.OK, check.look().verdict(), check.look()::toString);
        }
    }

    private static Capture looked(Duration ago, ObjectNode seen) {
        return new Capture(NOW.minus(ago), NOW.minus(ago), seen);
    }

    @Test
    void findingsAreTakenWhereSecurityHubIsSwitchedOn() {
        try (LocalAccount local = LocalAccount.open()) {
            SecurityHubCheck check = new SecurityHubCheck(Account.here());
            assertEquals(Verdict.PROBLEM, check.look().verdict());
            assertTrue(String.valueOf(check.look().remedy()).startsWith("aws securityhub enable-security-hub"));
            local.clients().ready(SecurityHubClient.builder()).enableSecurityHub(request -> {});
            assertEquals(
                    Check.ok("security-hub", "arn:aws:securityhub:eu-west-1:123456789012:hub/default takes findings"),
                    check.look());
        }
    }

    @Test
    void anotherHomeHearsOfGlobalServicesWhenBothRulesForwardThere() {
        try (LocalAccount _ = LocalAccount.open()) {
            OutpostsCheck global = new OutpostsCheck(Account.here(), List.of(), _ -> kept);
            assertTrue(global.look().getFirst().finding().contains("is not in us-east-1"));
            forward(
                    "us-east-1",
                    "backstop-forward-sessions",
                    RuleState.ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS,
                    "eu-west-1");
            forward("us-east-1", "backstop-forward-calls", RuleState.ENABLED, "eu-west-1");
            String remedy = String.valueOf(global.look().getFirst().remedy());
            assertTrue(remedy.startsWith("aws events put-rule --name backstop-forward-calls"), remedy);
            forward(
                    "us-east-1",
                    "backstop-forward-calls",
                    RuleState.ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS,
                    "eu-north-1");
            assertTrue(global.look().getFirst().finding().contains("eu-north-1"));
            forward(
                    "us-east-1",
                    "backstop-forward-calls",
                    RuleState.ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS,
                    "eu-west-1");
            List<Check> checks = global.look();
            assertEquals(Verdict.OK, checks.getFirst().verdict(), checks::toString);
            assertTrue(checks.get(1).finding().startsWith("trail in us-east-1: "), checks::toString);
            assertTrue(checks.get(2).finding().startsWith("topic in us-east-1: "), checks::toString);
        }
    }

    @Test
    void ofFurtherRegionsEachForwardsEverything() {
        RuleState all = RuleState.ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS;
        try (LocalAccount _ = LocalAccount.open()) {
            OutpostsCheck outposts = new OutpostsCheck(Account.here(), List.of("eu-central-1", "us-east-1"), _ -> kept);
            forward("eu-central-1", "backstop-forward-calls", all, "eu-west-1");
            List<Check> checks = outposts.look();
            assertEquals(Check.ok("regions", "agents' calls come from eu-central-1 to eu-west-1"), checks.getFirst());
            assertEquals(
                    Check.problem(
                            "global",
                            "backstop-forward-calls is not in us-east-1: nobody sees what agents do there",
                            "deploy all stacks: cdk deploy --all"),
                    checks.getLast());
            forward("us-east-1", "backstop-forward-calls", all, "eu-west-1");
            assertTrue(outposts.look().contains(Check.ok("global", "agents' calls come from us-east-1 to eu-west-1")));
        }
    }

    private static Watched.Alarm alarm(String name, boolean red, boolean canTell) {
        return new Watched.Alarm(name, red, NOW, canTell, "Something waits. docs/runbook.md#queue-not-empty");
    }

    private static void forward(String from, String name, RuleState state, String region) {
        EventBridgeClient events = SdkClients.of(from, null).eventBridge();
        events.putRule(rule ->
                rule.name(name).eventPattern("{\"source\":[\"aws.iam\"]}").state(state));
        events.putTargets(request -> request.rule(name)
                .targets(Target.builder()
                        .id("home")
                        .arn("arn:aws:events:" + region + ":123456789012:event-bus/default")
                        .build()));
    }

    /** CloudWatch in memory. */
    private static final class Kept implements Watched {
        private final List<Alarm> alarms = new ArrayList<>();
        private final Map<String, List<Point>> points = new HashMap<>();

        void put(String metric, Duration ago, double value) {
            points.computeIfAbsent(metric, _ -> new ArrayList<>()).add(new Point(NOW.minus(ago), value));
        }

        @Override
        public List<Alarm> alarms(String prefix) {
            return alarms.stream()
                    .filter(alarm -> alarm.name().startsWith(prefix))
                    .toList();
        }

        @Override
        public Optional<Point> last(String metric, Instant now, Duration within, Duration period) {
            return points.getOrDefault(metric, List.of()).stream()
                    .filter(point -> point.at().isAfter(now.minus(within)))
                    .max(Comparator.comparing(Point::at));
        }
    }
}
