package dev.backstop.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.Exemption.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an exemption keeps from being told and acted on, and what it never does. */
class ExemptionTest {
    private static final Instant CALLED = Instant.parse(Records.TIME);

    @ParameterizedTest(name = "a {1} finding of category {0}: {2}, acted on: {3}")
    @CsvSource(textBlock = """
            EXPOSURE,    HIGH,     INFO,     false
            EXPOSURE,    CRITICAL, CRITICAL, false
            DESTRUCTION, MEDIUM,   INFO,     false
            COST,        LOW,      INFO,     false
            SECRETS,     HIGH,     INFO,     false
            CODE,        CRITICAL, CRITICAL, false
            IDENTITY,    LOW,      LOW,      true
            IDENTITY,    HIGH,     HIGH,     true
            GUARDRAILS,  MEDIUM,   MEDIUM,   true
            GUARDRAILS,  CRITICAL, CRITICAL, true
            """)
    void criticalFindingsAreToldAndIdentityAndGuardrailsUntouched(
            Category category, Severity severity, Severity told, boolean actedOn) {
        for (Exemption exemption : List.of(
                exemption(Kind.SESSION, "sess_a8f3b21c"),
                exemption(Kind.RULE, "rule"),
                exemption(Kind.RESOURCE, "sg-1"))) {
            Finding lowered = Exemption.lower(finding(category, severity), List.of(exemption));

            assertEquals(told, lowered.severity());
            assertEquals(actedOn, lowered.responses().contains(Response.REVOKE));
            assertEquals(
                    actedOn
                            ? List.of()
                            : List.of(exemption.words() + " is exempt until 2026-11-20T11:15:00Z by maria: moving it"),
                    lowered.softened());
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            SESSION,  sess_a8f3b21c,                                       true
            SESSION,  sess_a8f3b21,                                        false
            RULE,     rule,                                                true
            RULE,     sg-1,                                                false
            RESOURCE, sg-1,                                                true
            RESOURCE, 111122223333/us-east-1/AWS::EC2::SecurityGroup/sg-1, true
            RESOURCE, 111122223333/us-east-1/AWS::EC2::Instance/sg-1,      false
            RESOURCE, rule,                                                false
            """)
    void itIsAboutOneThing(Kind kind, String of, boolean concerned) {
        Finding finding = finding(Category.EXPOSURE, Severity.HIGH);

        assertEquals(concerned, !finding.equals(Exemption.lower(finding, List.of(exemption(kind, of)))));
    }

    @Test
    void aSessionsNameOnAnotherRoleIsAnotherSession() {
        AgentSession named = new AgentSession(
                "deploy", "arn:aws:iam::111122223333:role/agent-a", "deploy", null, null, null, null, null, null, null);
        Finding finding = finding(Category.EXPOSURE, Severity.HIGH).madeBy(named);

        assertEquals(finding, Exemption.lower(finding, List.of(exemption(Kind.SESSION, "deploy"))));
        assertNotEquals(finding, Exemption.lower(finding, List.of(exemption(Kind.SESSION, named.key()))));
    }

    @Test
    void itCoversCallsThatWereMadeWhileItHeld() {
        Finding finding = finding(Category.EXPOSURE, Severity.HIGH);
        Exemption before = exemption(CALLED.minusSeconds(60), CALLED);
        Exemption last = exemption(CALLED.minusSeconds(60), CALLED.plusMillis(1));
        Exemption first = exemption(CALLED, CALLED.plusSeconds(60));
        Exemption after = exemption(CALLED.plusMillis(1), CALLED.plusSeconds(60));

        assertEquals(finding, Exemption.lower(finding, List.of(before, after)));
        assertNotEquals(finding, Exemption.lower(finding, List.of(last)));
        assertNotEquals(finding, Exemption.lower(finding, List.of(first)));
        assertEquals(finding, Exemption.lower(finding, List.of(first.endedAt(CALLED))));
    }

    @Test
    void isOneAThingAndNeverLong() {
        Exemption exemption = exemption(Kind.SESSION, "sess_a");
        assertTrue(exemption.id().matches("ex-[0-9a-f]{10}"), exemption.id());
        assertEquals(exemption.id(), exemption.endedAt(CALLED).id());
        assertNotEquals(exemption.id(), exemption(Kind.RULE, "sess_a").id());
        assertEquals(exemption, Exemption.of(exemption.toJson()));
        assertTrue(exemption.holds(exemption.until().minusMillis(1)));
        assertFalse(exemption.holds(exemption.until()));
        assertThrows(
                IllegalArgumentException.class,
                () -> exemption(CALLED, CALLED.plus(Exemption.LONGEST).plus(Duration.ofMillis(1))));
        assertThrows(IllegalArgumentException.class, () -> exemption(CALLED, CALLED.minusMillis(1)));
    }

    private static Exemption exemption(Kind kind, String of) {
        return new Exemption(kind, of, CALLED.minusSeconds(60), CALLED.plusSeconds(3600), "maria", "moving it");
    }

    private static Exemption exemption(Instant from, Instant until) {
        return new Exemption(Kind.RULE, "rule", from, until, "maria", "moving it");
    }

    private static Finding finding(Category category, Severity severity) {
        Rule rule = new Rule(
                "rule",
                "Title",
                "Why.",
                category,
                severity,
                Set.of(Response.ALERT, Response.REVOKE),
                null,
                "AWS::EC2::SecurityGroup",
                List.of("responseElements.securityGroupRuleSet.items.groupId"));
        CloudTrailRecord record = Records.authorized(Records.item("sgr-1", 443, "0.0.0.0/0"));
        return new Finding(rule, record, AgentSelector.DEFAULT.session(record));
    }
}
