package dev.backstop.functions.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.Alert;
import dev.backstop.core.Category;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Detection;
import dev.backstop.core.Records;
import dev.backstop.core.Response;
import dev.backstop.core.Rule;
import dev.backstop.core.Severity;
import dev.backstop.core.TimelineEntry;
import java.util.List;
import java.util.Set;
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

    private void see(CloudTrailRecord record) {
        stage.timeline.keep("sess_a8f3b21c", List.of(TimelineEntry.of(record)));
    }

    private Alert alert(Category category, String... instances) {
        Rule rule = new Rule(
                "instances-gone",
                "Instances gone",
                "They are gone.",
                category,
                Severity.CRITICAL,
                Set.of(Response.ALERT, Response.REVOKE),
                null,
                "AWS::EC2::Instance",
                List.of("requestParameters.instancesSet.items.instanceId"));
        String items = String.join(
                ",",
                List.of(instances).stream()
                        .map(id -> "{\"instanceId\":\"" + id + "\"}")
                        .toList());
        CloudTrailRecord gone =
                Records.call("ec2", "TerminateInstances", "{\"instancesSet\":{\"items\":[" + items + "]}}", "{}");
        stage.responder().respond(new Detection(rule, gone), "one");
        return stage.outbox.alerts().getFirst();
    }
}
