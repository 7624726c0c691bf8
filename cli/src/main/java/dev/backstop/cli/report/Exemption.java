package dev.backstop.cli.report;

import dev.backstop.core.Command;
import dev.backstop.core.Exemption.Kind;
import java.util.List;
import java.util.Optional;

/**
 * What a person could type to quieten a rule, once they have seen that its findings are honest work.
 *
 * @param why how its findings lie, in words
 * @param command empty where quietening is not what helps
 */
record Exemption(String why, Optional<String> command) {
    private static final double NEARLY_ALL = 0.8;

    /** Of a resource or a session where nearly all findings are about one, for that leaves the rule to the others. */
    static Exemption of(RuleCount rule) {
        return switch (rule.rule.category()) {
            case GUARDRAILS, IDENTITY ->
                new Exemption(
                        "nothing silences it: rather take the permission from the agents' roles", Optional.empty());
            case DESTRUCTION, COST, EXPOSURE, SECRETS, CODE -> narrowest(rule);
        };
    }

    private static Exemption narrowest(RuleCount rule) {
        return narrow(rule, rule.resources.most(), Kind.RESOURCE, "about")
                .or(() -> narrow(rule, rule.sessions.most(), Kind.SESSION, "in session"))
                .orElseGet(() -> new Exemption(
                        "over " + ReportPage.many(rule.resources.size(), "resource") + " and "
                                + ReportPage.many(rule.sessions.size(), "session"),
                        command(Kind.RULE, rule.rule.id())));
    }

    private static Optional<Exemption> narrow(RuleCount rule, List<Counts.Count> names, Kind kind, String what) {
        Counts.Count first = names.getFirst();
        boolean usable = rule.findings > 1
                && first.count() >= NEARLY_ALL * rule.findings
                && !first.name().equals("unknown")
                && !first.name().startsWith("-")
                && !first.name().endsWith("…");
        return usable
                ? Optional.of(new Exemption(
                        first.count() + " of " + rule.findings + " " + what + " " + first.name(),
                        command(kind, first.name())))
                : Optional.empty();
    }

    private static Optional<String> command(Kind kind, String what) {
        String days = dev.backstop.core.Exemption.LONGEST.toDays() + "d";
        return Optional.of(Command.line(
                "./backstop", "exempt", what, "--as", kind.word(), "--for", days, "--reason", "WHY IT IS HONEST WORK"));
    }
}
