package dev.backstop.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.contract.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What makes a finding matter less, and what never does. */
class SofteningTest {
    private static final Circumstances OWN = new Circumstances(true, null, null);

    @ParameterizedTest
    @EnumSource(Category.class)
    void onlyDestructionIsSoftenedByOwnCreation(Category category) {
        Finding finding = finding(category, Severity.CRITICAL);
        Finding softened = Softening.of(finding, OWN);

        if (category == Category.DESTRUCTION) {
            assertEquals(Severity.INFO, softened.severity());
            assertEquals(Set.of(Response.ALERT), softened.responses());
            assertEquals(List.of("the session deleted what it had created itself"), softened.softened());
        } else {
            assertEquals(finding, softened);
        }
    }

    /** It is a bucket's own encryption then, not the account's; what stops a session is more than that. */
    @Test
    void whatASessionUnprotectsOfItsOwnIsToldOfAsLow() {
        Finding alone = finding(Category.GUARDRAILS, Severity.HIGH, Set.of(Response.ALERT));
        Finding softened = Softening.of(alone, OWN);
        assertEquals(Severity.LOW, softened.severity());
        assertEquals(List.of("the session had created it itself"), softened.softened());

        Finding stopping = finding(Category.GUARDRAILS, Severity.HIGH, Set.of(Response.ALERT, Response.REVOKE));
        assertEquals(stopping, Softening.of(stopping, OWN));
    }

    @Test
    void whatIsNotKnownSoftensNothing() {
        Finding finding = finding(Category.DESTRUCTION, Severity.HIGH);

        assertEquals(finding, Softening.of(finding, Circumstances.NOTHING_KNOWN));
    }

    @ParameterizedTest
    @EnumSource(Category.class)
    void whatAProjectOwnsIsItsOwnToBreakAndToPayFor(Category category) {
        Finding finding = finding(category, Severity.HIGH);
        Finding softened = Softening.of(finding, new Circumstances(false, "checkout", null));

        switch (category) {
            case DESTRUCTION, COST, CODE -> {
                assertEquals(Severity.LOW, softened.severity());
                assertEquals(Set.of(Response.ALERT), softened.responses());
                assertEquals(List.of("project checkout owns it"), softened.softened());
            }
            case EXPOSURE, IDENTITY, GUARDRAILS, SECRETS -> assertEquals(finding, softened);
        }
    }

    @ParameterizedTest
    @EnumSource(Category.class)
    void maintenanceLowersAndHidesNeitherGuardrailsNorIdentities(Category category) {
        Leniency.Maintenance silent = new Leniency.Maintenance(
                Instant.EPOCH, Instant.EPOCH.plusSeconds(60), Severity.INFO, "moving the database");
        Finding softened = Softening.of(finding(category, Severity.CRITICAL), new Circumstances(false, null, silent));

        boolean told = category == Category.GUARDRAILS || category == Category.IDENTITY;
        assertEquals(told ? Severity.LOW : Severity.INFO, softened.severity());
        assertEquals(3, softened.responses().size(), "what is done about it is the mode's to say");
        assertEquals(List.of("maintenance until 1970-01-01T00:01:00Z, moving the database"), softened.softened());
    }

    @Test
    void aProjectOwnsWhatIsCalledSoUnderAnyOfItsNames() {
        Leniency leniency = new Leniency(Map.of("checkout", List.of("checkout-", "/checkout/")), List.of());

        assertTrue(leniency.owns("checkout", "checkout-a"));
        assertTrue(leniency.owns("checkout", "/checkout/db"));
        assertTrue(leniency.owns("checkout", "arn:aws:sns:eu-west-1:111122223333:checkout-events"));
        assertTrue(leniency.owns("checkout", "arn:aws:rds:eu-west-1:111122223333:db:checkout-a"));
        assertFalse(leniency.owns("checkout", "old-checkout-a"));
        assertFalse(leniency.owns("billing", "checkout-a"));
        assertEquals(leniency, Leniency.of(leniency.toJson()));
    }

    @Test
    void loweringNeverRaises() {
        Finding low = finding(Category.COST, Severity.LOW)
                .lowered(Severity.HIGH, Set.of(Response.ALERT), "first")
                .lowered(Severity.HIGH, Set.of(Response.REVERT), "second");

        assertEquals(Severity.LOW, low.severity());
        assertEquals(Set.of(Response.ALERT), low.responses());
        assertEquals(List.of("first", "second"), low.softened());
        assertEquals(Severity.LOW, low.madeBy(Samples.session()).severity());
    }

    @Test
    void aFindingIsNeverMoreThanItsRule() {
        Finding low = finding(Category.COST, Severity.LOW);

        assertThrows(
                IllegalArgumentException.class,
                () -> new Finding(low.rule(), low.record(), low.session(), Severity.HIGH, low.responses(), List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Finding(low.rule(), low.record(), low.session(), Severity.LOW, Set.of(), List.of()));
    }

    private static Finding finding(Category category, Severity severity) {
        return finding(category, severity, Set.of(Response.ALERT, Response.REVERT, Response.REVOKE));
    }

    private static Finding finding(Category category, Severity severity, Set<Response> responses) {
        Rule rule = new Rule(
                "something-deleted",
                "Something deleted",
                "It is gone.",
                category,
                severity,
                responses,
                responses.contains(Response.REVERT) ? "put-it-back" : null,
                "AWS::EC2::SecurityGroup",
                List.of("requestParameters.groupId"));
        return new Finding(rule, Samples.record(), Samples.session());
    }
}
