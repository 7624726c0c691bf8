package dev.backstop.rules;

import dev.backstop.core.AgentSelector.Account;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The rules that are in force: what was loaded, checked, and composed with a configuration. */
public final class RuleBook {
    private final List<RuleDefinition> definitions;
    private final Configuration configuration;

    private RuleBook(List<RuleDefinition> definitions, Configuration configuration) {
        this.definitions = definitions.stream()
                .map(definition -> definition.with(RemediationChoice.made(definition.rule(), configuration)))
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
        return book;
    }

    public List<RuleDefinition> definitions() {
        return definitions;
    }

    /** The rules as deployed into one account, or as matched for {@link Account#ANY}. */
    public List<ComposedRule> composedFor(Account account) {
        Composition composition = new Composition(configuration, account);
        return definitions.stream().map(composition::compose).toList();
    }
}
