package dev.backstop.rules;

import dev.backstop.core.AgentSelector.Account;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The rules that are in force: what was loaded, checked, and composed with a configuration. */
public final class RuleBook {
    private final List<RuleDefinition> definitions;
    private final List<RuleDefinition> windows;
    private final Configuration configuration;

    private RuleBook(List<RuleDefinition> definitions, Configuration configuration) {
        this.definitions = definitions.stream()
                .filter(definition -> definition.window() == null)
                .map(definition -> definition.with(RemediationChoice.made(definition.rule(), configuration)))
                .toList();
        this.windows = definitions.stream()
                .filter(definition -> definition.window() != null)
                .toList();
        this.configuration = configuration;
    }

    /**
     * The catalogue that ships with Backstop, with the user's own rules: one that has the id of a rule in the catalogue
     * stands in its place. Checked against a configuration.
     *
     * @param remediations the ids that rules may name
     * @throws dev.backstop.core.BadInputException when a rule file, or a pattern with this configuration, is wrong
     */
    public static RuleBook catalogue(Configuration configuration, Set<String> remediations) {
        Map<String, RuleDefinition> byId = new TreeMap<>();
        Catalogue.load(remediations).forEach(rule -> byId.put(rule.id(), rule));
        Path own = configuration.rulesDir();
        if (own != null) {
            OwnRules.in(own).forEach(file -> {
                RuleDefinition rule = OwnRules.read(file, remediations);
                byId.put(rule.id(), rule);
            });
        }
        return of(List.copyOf(byId.values()), configuration);
    }

    /**
     * The given rules, checked against a configuration.
     *
     * @throws dev.backstop.core.BadInputException when a pattern with this configuration is wrong
     */
    public static RuleBook of(List<RuleDefinition> definitions, Configuration configuration) {
        RuleBook book = new RuleBook(definitions, configuration);
        PatternLimits.check(book);
        WindowBook.of(book);
        return book;
    }

    /** The rules over one call, each of which becomes one EventBridge rule. */
    public List<RuleDefinition> definitions() {
        return definitions;
    }

    /** The rules over what a session does within some time, which the activity rule feeds. */
    public List<RuleDefinition> windows() {
        return windows;
    }

    /** Both, in the order of their ids. */
    public List<RuleDefinition> all() {
        return Stream.concat(definitions.stream(), windows.stream())
                .sorted(Comparator.comparing(RuleDefinition::id))
                .toList();
    }

    /** The windows' patterns, as matched against the calls of agents in every account. */
    List<ComposedRule> composedWindows() {
        Composition composition = new Composition(configuration, Account.ANY);
        return windows.stream().map(composition::compose).toList();
    }

    /** The rules over one call as deployed into one account, or as matched for {@link Account#ANY}. */
    public List<ComposedRule> composedFor(Account account) {
        Composition composition = new Composition(configuration, account);
        return definitions.stream().map(composition::compose).toList();
    }
}
