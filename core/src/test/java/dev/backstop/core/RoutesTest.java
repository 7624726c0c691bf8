package dev.backstop.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Routes.Channel;
import dev.backstop.core.contract.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How soon a person must look. */
class RoutesTest {
    @ParameterizedTest(name = "{0} {1}, {2}: {3}")
    @CsvSource(textBlock = """
            exposure,    info,     '',                      record
            exposure,    low,      '',                      notify
            exposure,    medium,   '',                      notify
            exposure,    high,     '',                      notify
            exposure,    critical, '',                      page
            exposure,    critical, contained contained,     notify
            exposure,    critical, contained refused,       page
            exposure,    critical, observed observed,       page
            exposure,    high,     refused,                 notify
            exposure,    low,      contained failed,        page
            exposure,    info,     failed,                  page
            exposure,    medium,   unverified,              page
            identity,    medium,   contained,               notify
            identity,    high,     contained contained,     page
            identity,    critical, contained,               page
            identity,    info,     contained,               record
            guardrails,  critical, contained contained,     page
            guardrails,  high,     contained,               notify
            destruction, critical, contained,               notify
            cost,        high,     contained,               notify
            secrets,     critical, contained,               notify
            code,        critical, '',                      page
            """)
    void whatIsContainedCanWaitAndWhatCouldNotBeCannot(String category, String severity, String ends, String urgency) {
        Alert alert = alert(category, severity, ends);

        assertEquals(urgency, Routes.DEFAULT.urgency(alert).word());
    }

    @Test
    void severitiesCanBeRoutedOtherwiseButAFailureIsAlwaysAPage() {
        Routes routes = new Routes(Map.of(Severity.HIGH, Urgency.PAGE, Severity.CRITICAL, Urgency.RECORD), Map.of());

        assertEquals(Urgency.PAGE, routes.urgency(alert("exposure", "high", "")));
        assertEquals(Urgency.RECORD, routes.urgency(alert("identity", "critical", "")));
        assertEquals(Urgency.NOTIFY, routes.urgency(alert("exposure", "low", "")));
        assertEquals(Urgency.PAGE, routes.urgency(alert("exposure", "critical", "failed")));
        assertEquals(routes.bySeverity(), Routes.of(routes.toJson()).bySeverity());
    }

    @Test
    void onlyPagesWakeSomebody() {
        assertEquals(Set.of(Urgency.PAGE), Routes.DEFAULT.heardBy(Channel.PAGERDUTY));
        assertEquals(Set.of(Urgency.NOTIFY, Urgency.PAGE), Routes.DEFAULT.heardBy(Channel.HTTPS));
        Routes quiet = new Routes(Map.of(), Map.of(Channel.SLACK, Set.of()));
        assertEquals(Set.of(), quiet.heardBy(Channel.SLACK));
        assertEquals(Set.of(Urgency.NOTIFY, Urgency.PAGE), quiet.heardBy(Channel.HTTPS));
    }

    private static Alert alert(String category, String severity, String ends) {
        Alert sample = Samples.alert();
        Rule rule = new Rule(
                "rule",
                "Title",
                "Why.",
                Category.valueOf(category.toUpperCase(Locale.ROOT)),
                Severity.valueOf(severity.toUpperCase(Locale.ROOT)),
                Set.of(Response.ALERT),
                null,
                "AWS::EC2::SecurityGroup",
                List.of("requestParameters.groupId"));
        List<Outcome> outcomes = Stream.of(ends.split(" "))
                .filter(end -> !end.isEmpty())
                .map(RoutesTest::outcome)
                .toList();
        return new Alert(
                rule, sample.trigger(), sample.session(), sample.resource(), Mode.ENFORCE, outcomes, Instant.EPOCH);
    }

    private static Outcome outcome(String end) {
        return switch (end) {
            case "contained" -> Samples.outcome(Status.APPLIED, "");
            case "unverified" ->
                new Outcome("e", "rule", Response.REVERT, "step", Status.APPLIED, null, null, false, "", null);
            default -> Samples.outcome(Status.valueOf(end.toUpperCase(Locale.ROOT)), "");
        };
    }
}
