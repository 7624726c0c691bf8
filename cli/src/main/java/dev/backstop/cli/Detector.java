package dev.backstop.cli;

import dev.backstop.cli.input.Event;
import dev.backstop.core.AgentSelector.Account;
import dev.backstop.core.Detection;
import dev.backstop.remediations.Remediations;
import dev.backstop.rules.Configuration;
import dev.backstop.rules.PatternMatcher;
import dev.backstop.rules.RuleBook;
import java.util.List;

/** The rules in force, matched against events of any account. */
final class Detector {
    private final PatternMatcher matcher;

    Detector(Configuration configuration) {
        matcher = new PatternMatcher(RuleBook.catalogue(configuration, Remediations.ids()), Account.ANY);
    }

    /** One detection a rule that matches, in the order of the rules' ids. */
    List<Detection> detect(Event event) {
        return matcher.match(event.envelope()).stream()
                .map(rule -> new Detection(rule.rule(), event.record()))
                .toList();
    }
}
