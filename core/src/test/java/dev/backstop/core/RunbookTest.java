package dev.backstop.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RunbookTest {
    @ParameterizedTest
    @EnumSource(Category.class)
    void aRuleOfTheCatalogueIsAnsweredUnderItsCategory(Category category) {
        assertEquals(category.word(), Runbook.anchor(rule("bucket-deleted", category)));
    }

    @Test
    void whatBackstopTellsOfItselfHasASectionOfItsOwn() {
        assertEquals(Runbook.KILL_NOT_EFFECTIVE, Runbook.of(rule("kill-not-effective", Category.GUARDRAILS)));
    }

    @Test
    void theLinkPointsIntoThePageThatIsGiven() {
        assertEquals(
                "https://wiki.example.com/backstop#queue-not-empty",
                Runbook.QUEUE_NOT_EMPTY.link("https://wiki.example.com/backstop"));
    }

    private static Rule rule(String id, Category category) {
        return new Rule(
                id,
                "title",
                "why",
                category,
                Severity.HIGH,
                Set.of(Response.ALERT),
                null,
                "AWS::S3::Bucket",
                List.of());
    }
}
