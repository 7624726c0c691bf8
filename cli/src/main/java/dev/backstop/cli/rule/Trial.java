package dev.backstop.cli.rule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.AgentSelector.Account;
import dev.backstop.core.BadInputException;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.EventEnvelope;
import dev.backstop.core.Json;
import dev.backstop.remediations.Remediations;
import dev.backstop.rules.Configuration;
import dev.backstop.rules.Explanation;
import dev.backstop.rules.OwnRules;
import dev.backstop.rules.PatternMatcher;
import dev.backstop.rules.RuleBook;
import dev.backstop.rules.RuleDefinition;
import dev.backstop.rules.WindowBook;
import dev.backstop.rules.WindowCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One rule file, held to its events.
 *
 * @param file the rule's
 * @param matched how many events it matched that it must match
 * @param ignored how many it did not match that it must not
 * @param failures what went otherwise; empty when all is well
 */
public record Trial(Path file, int matched, int ignored, List<Failure> failures) {
    /**
     * One thing that is not as it should be.
     *
     * @param file the event's, or the rule's
     * @param reasons a sentence each
     */
    public record Failure(Path file, String what, List<String> reasons) {}

    /** Tries one rule file. */
    public static Trial of(Path file, Configuration configuration) {
        RuleDefinition rule;
        RuleBook book;
        try {
            rule = OwnRules.read(file, Remediations.ids());
            book = RuleBook.of(List.of(rule), configuration);
        } catch (BadInputException e) {
            return new Trial(file, 0, 0, List.of(new Failure(file, "is no rule", List.of(message(e)))));
        }
        return new Attempt(rule, configuration, new PatternMatcher(book, Account.ANY), WindowBook.of(book)).of(file);
    }

    private static String message(Exception e) {
        return String.valueOf(e.getMessage());
    }

    /** The events of one rule, one after another; of a rule with a window, cases of many events. */
    private record Attempt(
            RuleDefinition rule, Configuration configuration, PatternMatcher matcher, WindowBook windows) {
        Trial of(Path file) {
            List<Failure> failures = new ArrayList<>();
            int matched = run(OwnRules.matches(file), true, failures);
            int ignored = run(OwnRules.ignores(file), false, failures);
            return new Trial(file, matched, ignored, failures);
        }

        /** Counts the events that went as they should. */
        private int run(Path folder, boolean expected, List<Failure> failures) {
            List<Path> events = events(folder, ending());
            if (events.isEmpty()) {
                failures.add(
                        new Failure(
                                folder,
                                "holds no event",
                                List.of(
                                        expected
                                                ? "a rule that was never seen to match may match nothing: put a record there as "
                                                        + ending()
                                                : "put one there that looks alike and is fine, such as a person's or a failed call")));
            }
            int fine = 0;
            for (Path event : events) {
                List<String> reasons = rule.window() == null ? reasons(event, expected) : ofCase(event, expected);
                if (reasons.isEmpty()) {
                    fine++;
                } else {
                    failures.add(new Failure(event, expected ? "does not match" : "is to be ignored", reasons));
                }
            }
            return fine;
        }

        private List<String> reasons(Path file, boolean expected) {
            try {
                JsonNode json = Json.MAPPER.readTree(Files.readAllBytes(file));
                JsonNode event = EventEnvelope.isEnvelope(json)
                        ? json
                        : EventEnvelope.around(CloudTrailRecord.of(json, file.toString()));
                CloudTrailRecord.of(event.path("detail"), file.toString());
                boolean matches = !matcher.match(event).isEmpty();
                if (matches == expected) {
                    return List.of();
                }
                return expected
                        ? Explanation.of(rule, configuration, event)
                        : List.of("it matches: make the pattern narrower, or move the file to "
                                + OwnRules.matches(Path.of(rule.file())));
            } catch (JsonProcessingException e) {
                return List.of("it is not JSON: " + e.getOriginalMessage());
            } catch (IOException | BadInputException e) {
                return List.of(message(e));
            }
        }

        private List<String> ofCase(Path file, boolean expected) {
            try {
                WindowCase read = WindowCase.of(file);
                boolean crosses =
                        !read.crossings(windows, configuration.agents()).isEmpty();
                if (crosses == expected) {
                    return List.of();
                }
                long counted = read.events().stream()
                        .filter(event -> !windows.counting(event).isEmpty())
                        .count();
                return List.of(
                        expected
                                ? counted + " of " + read.events().size()
                                        + " events count, which reaches not every limit of the window"
                                : "it crosses: narrow the pattern, raise a limit, or move the file to "
                                        + OwnRules.matches(Path.of(rule.file())));
            } catch (BadInputException e) {
                return List.of(message(e));
            }
        }

        private String ending() {
            return rule.window() == null ? ".json" : ".jsonl";
        }

        private static List<Path> events(Path folder, String ending) {
            if (!Files.isDirectory(folder)) {
                return List.of();
            }
            try (Stream<Path> files = Files.list(folder)) {
                return files.filter(file -> file.toString().endsWith(ending))
                        .sorted()
                        .toList();
            } catch (IOException e) {
                throw new BadInputException(folder.toString(), "folder", "cannot be listed: " + message(e));
            }
        }
    }
}
