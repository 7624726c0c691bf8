package dev.backstop.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstop.core.contract.Samples;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What makes a finding matter less, and what never does. */
class SofteningTest {
    private static final Circumstances OWN = new Circumstances(true);

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

    @Test
    void whatIsNotKnownSoftensNothing() {
        Finding finding = finding(Category.DESTRUCTION, Severity.HIGH);

        assertEquals(finding, Softening.of(finding, Circumstances.NOTHING_KNOWN));
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
        Rule rule = new Rule(
                "something-deleted",
                "Something deleted",
                "It is gone.",
                category,
                severity,
                Set.of(Response.ALERT, Response.REVERT, Response.REVOKE),
                "put-it-back",
                "AWS::EC2::SecurityGroup",
                List.of("requestParameters.groupId"));
        return new Finding(rule, Samples.record(), Samples.session());
    }
}
