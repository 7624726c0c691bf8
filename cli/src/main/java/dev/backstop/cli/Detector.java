package dev.backstop.cli;

import dev.backstop.cli.input.Event;
import dev.backstop.cli.input.Glance;
import dev.backstop.cli.input.Sieve;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSelector.Account;
import dev.backstop.core.Detection;
import dev.backstop.core.port.SessionRegistry;
import dev.backstop.remediations.Remediations;
import dev.backstop.rules.Configuration;
import dev.backstop.rules.MatchableCalls;
import dev.backstop.rules.PatternMatcher;
import dev.backstop.rules.RuleBook;
import dev.backstop.rules.WindowBook;
import java.util.List;
import java.util.Optional;

/** The rules in force, matched against events of any account. Safe for many threads. */
public final class Detector implements Sieve {
    private final PatternMatcher matcher;
    private final MatchableCalls matchable;
    private final int rules;
    private final AgentSelector agents;
    private final WindowBook windows;

    public Detector(Configuration configuration) {
        RuleBook book = RuleBook.catalogue(configuration, Remediations.ids());
        matcher = new PatternMatcher(book, Account.ANY);
        matchable = new MatchableCalls(book);
        agents = configuration.agents();
        windows = WindowBook.of(book);
        rules = book.all().size();
    }

    /** How many rules there are. */
    int rules() {
        return rules;
    }

    /** Whether any rule could match, by caller and call alone. */
    @Override
    public boolean keeps(Glance glance) {
        return glance.byAgent()
                && (windows.mayCount() || matchable.mayMatch(glance.source(), glance.name(), glance.failed()));
    }

    /** What sessions do within some time, to be added up. */
    SessionWindows windows(SessionRegistry sessions) {
        return new SessionWindows(windows, sessions);
    }

    /** What comes of an event; empty where nothing does. */
    Optional<Detected> look(Event event) {
        Detected detected =
                new Detected(detect(event).orElse(List.of()), SessionWindows.counted(event, windows, agents));
        return Optional.of(detected)
                .filter(some -> !some.detections().isEmpty() || some.counted().isPresent());
    }

    /** One detection a rule that matches, in the order of the rules' ids; empty where none does. */
    public Optional<List<Detection>> detect(Event event) {
        List<Detection> detections = matcher.match(event.envelope()).stream()
                .map(rule -> new Detection(rule.rule(), event.record()))
                .toList();
        return Optional.of(detections).filter(some -> !some.isEmpty());
    }
}
