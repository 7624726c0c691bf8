package dev.backstop.functions.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.Rule;
import dev.backstop.core.Runbook;
import dev.backstop.remediations.Remediations;
import dev.backstop.rules.Configuration;
import dev.backstop.rules.RuleBook;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever follows a link at night must find a section there, and in it what all sections have. */
final class RunbookPageTest {
    private static final List<String> PARTS = List.of("Means", "Look", "Decide", "Act", "Verify", "After");

    /** The text of each section under its anchor. */
    private static final Map<String, String> SECTIONS = new LinkedHashMap<>();

    private static String page = "";

    @BeforeAll
    static void read() throws IOException {
        page = Files.readString(Path.of("..", Runbook.PAGE));
        for (String section : page.split("(?m)^## ")) {
            String heading = section.lines().findFirst().orElse("");
            SECTIONS.put(slug(heading), section);
        }
    }

    @Test
    void everySectionThatCanBeLinkedToIsThereAndWhole() {
        for (Runbook section : Runbook.values()) {
            String text = SECTIONS.get(section.anchor());
            assertTrue(text != null, Runbook.PAGE + " has no heading ## for #" + section.anchor());
            assertEquals(
                    PARTS,
                    Pattern.compile("(?m)^\\*\\*(\\w+)\\.\\*\\*")
                            .matcher(text)
                            .results()
                            .map(found -> found.group(1))
                            .toList(),
                    section.anchor());
        }
        TreeSet<String> linked =
                Arrays.stream(Runbook.values()).map(Runbook::anchor).collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> written = new TreeSet<>(SECTIONS.keySet());
        written.remove("-runbook");
        assertEquals(linked, written, "a section that nothing links to");
    }

    @Test
    void everyRuleOfTheCatalogueIsAnswered() {
        RuleBook.catalogue(Configuration.DEFAULT, Remediations.ids())
                .definitions()
                .forEach(definition -> assertTrue(
                        SECTIONS.containsKey(Runbook.anchor(definition.rule())),
                        definition.rule().id()));
    }

    @Test
    void whatBackstopReportsOfItselfIsAnsweredInASectionOfItsOwn() throws IllegalAccessException {
        List<String> own = new ArrayList<>();
        for (Field field : GuardRules.class.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.get(null) instanceof Rule rule) {
                assertEquals(rule.id(), Runbook.anchor(rule), "add it to Runbook, and a section to " + Runbook.PAGE);
                own.add(rule.id());
            }
        }
        assertTrue(own.contains(GuardRules.DRILL_FAILED.id()), own::toString);
    }

    @Test
    void itsOwnLinksLeadSomewhere() {
        Matcher links = Pattern.compile("]\\(#([^)]*)\\)").matcher(page);
        int seen = 0;
        while (links.find()) {
            assertTrue(SECTIONS.containsKey(links.group(1)), links.group());
            seen++;
        }
        assertTrue(seen >= Runbook.values().length, "the table at the top names every section");
    }

    /** As GitHub makes an anchor of a heading. */
    private static String slug(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
    }
}
