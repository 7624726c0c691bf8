package dev.backstop.functions.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSession;
import dev.backstop.core.Alert;
import dev.backstop.core.Category;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Detection;
import dev.backstop.core.Finding;
import dev.backstop.core.Leniency;
import dev.backstop.core.Records;
import dev.backstop.core.Response;
import dev.backstop.core.Rule;
import dev.backstop.core.Severity;
import dev.backstop.core.TimelineEntry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A finding in the circumstances that the line knows of. */
class InquiryTest {
    private static final CloudTrailRecord CREATED = Records.record(
            "ec2",
            "RunInstances",
            "{}",
            "{\"instancesSet\":{\"items\":[{\"instanceId\":\"i-own1\"},{\"instanceId\":\"i-own2\"}]}}",
            "2026-11-20T10:05:00Z");

    private final Stage stage = new Stage();

    @Test
    void whatTheSessionCreatedItselfItMayTakeAway() {
        see(CREATED);

        Alert alert = alert(Category.DESTRUCTION, "i-own1", "i-own2");

        assertEquals(Severity.INFO, alert.severity());
        assertEquals(List.of("the session deleted what it had created itself"), alert.softened());
        assertTrue(alert.outcomes().isEmpty(), "nobody is stopped for tidying up");
        assertEquals(
                "info",
                stage.outbox.events().getFirst().detail().path("severity").asText());
    }

    @Test
    void oneThatWasThereBeforeIsEnough() {
        see(CREATED);

        Alert alert = alert(Category.DESTRUCTION, "i-own1", "i-others");

        assertEquals(Severity.CRITICAL, alert.severity());
        assertFalse(alert.outcomes().isEmpty());
    }

    @Test
    void whatIsNotKnownYetIsNotItsOwn() {
        assertEquals(Severity.CRITICAL, alert(Category.DESTRUCTION, "i-own1").severity());
    }

    @Test
    void whatItOpensItOpensWhoeverMadeIt() {
        see(CREATED);

        assertEquals(Severity.CRITICAL, alert(Category.EXPOSURE, "i-own1").severity());
    }

    @Test
    void whatAnotherSessionCreatedIsNotItsOwn() {
        stage.timeline.keep("sess_other", List.of(TimelineEntry.of(CREATED)));

        assertEquals(Severity.CRITICAL, alert(Category.DESTRUCTION, "i-own1").severity());
    }

    @Test
    void whatItsProjectOwnsIsItsOwnToDelete() {
        stage.leniency = new Leniency(Map.of("backend-api", List.of("i-own")), List.of());

        assertEquals(Severity.LOW, alert(Category.DESTRUCTION, "i-own1").severity());
        assertEquals(
                Severity.CRITICAL,
                alert(Category.DESTRUCTION, "i-own1", "i-others").severity());
    }

    /** Tags are what the session was given; one that an agent assumed may have others, of the agent's choosing. */
    @Test
    void aProjectThatAnAgentGaveItselfOwnsNothing() {
        stage.leniency = new Leniency(Map.of("other", List.of("i-own")), List.of());
        AgentSession parent = stage.sessions.withId("sess_a8f3b21c").getFirst();
        AgentSession child = new AgentSession(
                parent.id(),
                parent.roleArn(),
                "child",
                null,
                "ASIACHILD",
                parent.sourceIdentity(),
                "jordan",
                "other",
                stage.now,
                parent.accessKeyId());
        Finding finding = new Finding(rule(Category.DESTRUCTION), gone("i-own1"), child);

        Inquiry inquiry = new Inquiry(stage.timeline, stage.sessions, stage.leniency);
        assertEquals(Severity.CRITICAL, inquiry.into(finding).severity());
        AgentSession ownChild = new AgentSession(
                "root", parent.roleArn(), "n", null, "ASIA2", null, "jordan", "other", stage.now, null);
        assertEquals(Severity.LOW, inquiry.into(finding.madeBy(ownChild)).severity());
    }

    private void see(CloudTrailRecord record) {
        stage.timeline.keep("sess_a8f3b21c", List.of(TimelineEntry.of(record)));
    }

    private Alert alert(Category category, String... instances) {
        int before = stage.outbox.alerts().size();
        stage.responder().respond(new Detection(rule(category), gone(instances)), "one");
        return stage.outbox.alerts().get(before);
    }

    private static Rule rule(Category category) {
        return new Rule(
                "instances-gone",
                "Instances gone",
                "They are gone.",
                category,
                Severity.CRITICAL,
                Set.of(Response.ALERT, Response.REVOKE),
                null,
                "AWS::EC2::Instance",
                List.of("requestParameters.instancesSet.items.instanceId"));
    }

    private static CloudTrailRecord gone(String... instances) {
        String items = List.of(instances).stream()
                .map(id -> "{\"instanceId\":\"" + id + "\"}")
                .collect(Collectors.joining(","));
        ObjectNode json = (ObjectNode)
                Records.call("ec2", "TerminateInstances", "{\"instancesSet\":{\"items\":[" + items + "]}}", "{}")
                        .json();
        return CloudTrailRecord.of(json.put("eventID", "e-" + String.join("-", instances)), "test");
    }
}
