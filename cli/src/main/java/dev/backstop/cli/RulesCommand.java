package dev.backstop.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Category;
import dev.backstop.core.Json;
import dev.backstop.core.Rule;
import dev.backstop.core.Window;
import dev.backstop.remediations.Remediations;
import dev.backstop.rules.Configuration;
import dev.backstop.rules.OwnRules;
import dev.backstop.rules.RuleBook;
import dev.backstop.rules.RuleDefinition;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code backstop rules}: the catalogue. */
@Command(
        name = "rules",
        description = {"Shows the catalogue: what is watched for, how much it matters, and what is done about it.", ""},
        mixinStandardHelpOptions = true,
        subcommands = {PayloadCommand.class, TrialCommand.class, DraftCommand.class})
final class RulesCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Mixin
    ConfigurationOption configuration = new ConfigurationOption();

    @Option(
            names = "--json",
            description = "One JSON object a line: id, title, category, severity, response, events, remediation, "
                    + "window, resource, why, replacesCatalogue.")
    boolean json;

    @Override
    public Integer call() {
        Configuration inForce = configuration.load();
        RuleBook book = RuleBook.catalogue(inForce, Remediations.ids());
        Path own = inForce.rulesDir();
        Set<String> replacing = own == null ? Set.of() : OwnRules.replacing(own);
        if (json) {
            PrintWriter out = spec.commandLine().getOut();
            book.all()
                    .forEach(rule -> out.println(
                            Json.write(json(rule).put("replacesCatalogue", replacing.contains(rule.id())))));
        } else {
            Page page = new Page(spec.commandLine());
            for (Category category : Category.values()) {
                show(category, book, replacing, page);
            }
            long calls = book.definitions().stream()
                    .flatMap(rule -> events(rule).stream())
                    .distinct()
                    .count();
            page.line(book.all().size() + " rules over " + calls + " calls");
        }
        return 0;
    }

    private static ObjectNode json(RuleDefinition definition) {
        Rule rule = definition.rule();
        ObjectNode json = Json.object();
        json.put("id", rule.id());
        json.put("title", rule.title());
        json.put("category", rule.category().word());
        json.put("severity", rule.severity().word());
        json.set("response", Json.MAPPER.valueToTree(rule.responseWords()));
        json.set("events", Json.MAPPER.valueToTree(events(definition)));
        json.put("remediation", rule.remediation());
        json.set(
                "window",
                definition.window() == null ? null : definition.window().toJson());
        json.put("resource", rule.resourceType());
        json.put("why", rule.why());
        return json;
    }

    private static void show(Category category, RuleBook book, Set<String> replacing, Page page) {
        List<RuleDefinition> rules = book.all().stream()
                .filter(definition -> definition.rule().category() == category)
                .toList();
        if (!rules.isEmpty()) {
            page.heading(category.word());
            page.blank();
            rules.forEach(rule -> show(rule, replacing.contains(rule.id()), page));
        }
    }

    private static void show(RuleDefinition definition, boolean replacing, Page page) {
        Rule rule = definition.rule();
        page.severity(rule.severity(), rule.id());
        page.field(10, "", rule.title());
        page.field(10, "response ", String.join(", ", rule.responseWords()));
        List<String> events = events(definition);
        if (!events.isEmpty()) {
            page.field(10, "events   ", String.join(", ", events));
        }
        Window window = definition.window();
        if (window != null) {
            page.field(10, "window   ", window.words());
        }
        if (replacing) {
            page.field(10, "yours    ", "in the place of the catalogue's: " + definition.file());
        }
        page.blank();
    }

    private static List<String> events(RuleDefinition definition) {
        return WatchedCalls.of(definition.pattern());
    }
}
