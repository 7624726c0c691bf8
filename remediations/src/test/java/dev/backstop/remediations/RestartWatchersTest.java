package dev.backstop.remediations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.Plan;
import dev.backstop.core.Records;
import dev.backstop.core.Step;
import dev.backstop.core.memory.LocalAws;
import dev.backstop.core.port.Watchers.Kind;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestartWatchersTest {
    private static final String RECORDED = """
            {"name":"main","s3BucketName":"log-files","includeGlobalServiceEvents":true,"isMultiRegionTrail":true,
             "homeRegion":"us-east-1","logFileValidationEnabled":true}""";

    private final LocalAws aws = new LocalAws();

    @ParameterizedTest
    @ValueSource(strings = {"main", "arn:aws:cloudtrail:us-east-1:111122223333:trail/main"})
    void aStoppedTrailLogsAgain(String name) {
        aws.watchers().put(Kind.TRAIL, name, false);
        Step<?> step = Steps.only(trail("StopLogging", "{\"name\":\"" + name + "\"}", null));
        Steps.undo(step, aws);
        assertEquals(Optional.of(true), aws.watchers().watching(Kind.TRAIL, name));
        assertEquals("aws cloudtrail start-logging --region us-east-1 --name " + name, step.command());
    }

    @Test
    void aTrailThatLogsAgainAlreadyIsLeftAlone() {
        aws.watchers().put(Kind.TRAIL, "main", true);
        Step<?> step = Steps.only(trail("StopLogging", "{\"name\":\"main\"}", null));
        Steps.assertDone(step, aws);
        aws.watchers().delete(Kind.TRAIL, "main");
        assertTrue(Steps.mustNot(step, aws).startsWith("it was deleted since"));
    }

    @ParameterizedTest
    @CsvSource({"DeleteTrail,create-trail", "UpdateTrail,update-trail"})
    void whatElseWasDoneToATrailAPersonPutsRight(String event, String call) {
        String why = Steps.refusal(trail(event, "{\"name\":\"main\"}", RECORDED));
        assertTrue(
                why.contains(
                        "run: aws cloudtrail " + call + " --region us-east-1 --name main --s3-bucket-name log-files"
                                + " --is-multi-region-trail --include-global-service-events --enable-log-file-validation"),
                why);
        assertTrue(Steps.refusal(trail(event, "{\"name\":\"main\"}", null)).contains("prior state unknown"));
    }

    @Test
    void formerSelectorsAreNotGuessed() {
        String why = Steps.refusal(trail("PutEventSelectors", "{\"trailName\":\"main\"}", RECORDED));
        assertTrue(why.startsWith("prior state unknown"), why);
        assertTrue(why.contains("put-event-selectors --region us-east-1 --trail-name main"), why);
    }

    @Test
    void aStoppedRecorderRecordsAgain() {
        aws.watchers().put(Kind.CONFIGURATION_RECORDER, "default", false);
        Step<?> step = Steps.only(recorder("StopConfigurationRecorder"));
        Steps.undo(step, aws);
        assertEquals(
                "aws configservice start-configuration-recorder --region us-east-1"
                        + " --configuration-recorder-name default",
                step.command());
        assertTrue(Steps.refusal(recorder("DeleteConfigurationRecorder")).startsWith("Backstop does not undo"));
    }

    @Test
    void aDisabledRuleOfTheGuardIsEnabledAgain() {
        aws.watchers().put(Kind.EVENT_RULE, "backstop-bucket-deleted", false);
        Step<?> step = Steps.only(rule("DisableRule", "{\"name\":\"backstop-bucket-deleted\"}"));
        Steps.undo(step, aws);
        assertEquals("aws events enable-rule --region us-east-1 --name backstop-bucket-deleted", step.command());
    }

    @Test
    void aDeletedRuleOfTheGuardNeedsADeployment() {
        Step<?> step = Steps.only(rule("DeleteRule", "{\"name\":\"backstop-bucket-deleted\"}"));
        assertTrue(Steps.mustNot(step, aws).startsWith("cannot be undone"));
        assertEquals("gone", Steps.show(step, aws));
        assertTrue(step.command().endsWith("deploy --all --revert-drift"), step.command());
        aws.watchers().put(Kind.EVENT_RULE, "backstop-bucket-deleted", true);
        Steps.assertDone(step, aws);
    }

    @Test
    void aRuleThatLostItsTargetNeedsADeployment() {
        Step<?> step =
                Steps.only(rule("RemoveTargets", "{\"rule\":\"backstop-bucket-deleted\",\"ids\":[\"respond\"]}"));
        aws.watchers().put(Kind.EVENT_RULE, "backstop-bucket-deleted", true);
        assertTrue(Steps.mustNot(step, aws).startsWith("cannot be undone"));
        assertEquals("a rule without targets", Steps.show(step, aws));
        aws.watchers().target("backstop-bucket-deleted", Set.of("respond"));
        Steps.assertDone(step, aws);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DisableRule | {"name":"nightly-report"}            | none of the guard's
            PutRule     | {"name":"backstop-bucket-deleted"}   | --revert-drift
            PutTargets  | {"rule":"backstop-bucket-deleted"}   | --revert-drift
            TagResource | {"name":"backstop-bucket-deleted"}   | does not undo
            """)
    void whatCannotBeKnownIsSaid(String event, String request, String why) {
        assertTrue(Steps.refusal(rule(event, request)).contains(why));
    }

    private static Plan trail(String event, String request, @Nullable String prior) {
        return Steps.plan(new RestartTrail(), Records.call("cloudtrail", event, request, "null"), prior);
    }

    private static Plan recorder(String event) {
        String request = "{\"configurationRecorderName\":\"default\"}";
        return Steps.plan(new RestartConfigRecorder(), Records.call("config", event, request, "null"), null);
    }

    private static Plan rule(String event, String request) {
        return Steps.plan(new RestoreGuardRule(), Records.call("events", event, request, "null"), null);
    }
}
