package dev.backstop.rules;

import dev.backstop.core.AgentSelector.Account;
import java.util.List;
import java.util.Set;

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
     * The catalogue that ships with Backstop, checked against a configuration.
     *
     * @param remediations the ids that rules may name
     * @throws dev.backstop.core.BadInputException when a rule file, or a pattern with this configuration, is wrong
     */
    public static RuleBook catalogue(Configuration configuration, Set<String> remediations) {
        return of(Catalogue.load(remediations), configuration);
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
