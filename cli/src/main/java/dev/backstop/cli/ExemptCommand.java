package dev.backstop.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.cli.account.Account;
import dev.backstop.cli.oncall.DeployedDesk;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Category;
import dev.backstop.core.Exemption;
import dev.backstop.core.Exemption.Kind;
import dev.backstop.core.Json;
import dev.backstop.core.Rule;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop exempt}: lets something pass for a while. */
@Command(
        name = "exempt",
        description = {
            "Lets what a session, a rule or a resource is found for pass, for a while.",
            "It is recorded and not acted on, and nobody is told. What is critical is told all the same, and what concerns "
                    + "identity or the guardrails is told and acted on as ever. The others on call hear of the exemption.",
            ""
        },
        mixinStandardHelpOptions = true)
final class ExemptCommand implements Callable<Integer> {
    /** Ids that EC2 gives, and whatever else can be told from a session's at sight. */
    private static final Pattern RESOURCE = Pattern.compile(
            "[a-z]{1,12}-[0-9a-f]{8,17}|arn:(?!aws[a-z-]*:sts:).+|[0-9]{12}/[^/]+/AWS::.+", Pattern.DOTALL);

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Mixin
    ConfigurationOption configuration = new ConfigurationOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "SESSION|RULE|RESOURCE",
            description = "A session as revoke takes it, a rule's id, or a resource's id as alerts show it.")
    @Nullable
    String what;

    @Option(
            names = "--as",
            paramLabel = "KIND",
            description =
                    "session, rule or resource. Default: a rule if it is one's id, a resource if it looks like the id "
                            + "of one (sg-…, arn:…), else a session.")
    @Nullable
    Kind kind;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = AgeOption.class,
            description = "How long, such as 30m or 2h, 3d at most.")
    @Nullable
    Duration life;

    @Option(names = "--list", description = "Show what is exempt.")
    boolean list;

    @Option(names = "--end", paramLabel = "ID", description = "End the exemption with this id (ex-…) now.")
    @Nullable
    String end;

    @Option(
            names = "--json",
            description =
                    "One JSON object: status (made, renewed, ended, was-over), dryRun, exemption {id, kind, of, from, "
                            + "until, operator, reason}; with --list one exemption a line.")
    boolean json;

    @Mixin
    OperatorOptions operator = new OperatorOptions();

    @Override
    public Integer call() {
        if ((what == null ? 0 : 1) + (list ? 1 : 0) + (end == null ? 0 : 1) != 1) {
            throw new BadInputException(
                    "exempt", "SESSION|RULE|RESOURCE", "give one of the three: what to exempt, --list, or --end ID");
        }
        return list ? list() : change();
    }

    private int change() {
        if (end != null && !end.matches("ex-[0-9a-f]{10}")) {
            throw new BadInputException(
                    "exempt",
                    "--end",
                    "an exemption's id is ex- and ten hexadecimal digits, as backstop exempt --list shows it, not "
                            + end);
        }
        ObjectNode request = end == null ? wanted() : Json.object().put("endExemption", end);
        operator.reason();
        Account account = Account.here();
        operator.addTo(request, account);
        JsonNode answer = new DeployedDesk(account, false).soften(request);
        if (json) {
            spec.commandLine().getOut().println(Json.write(answer));
        } else {
            show(answer);
        }
        return 0;
    }

    private ObjectNode wanted() {
        Duration time = life;
        if (time == null || time.compareTo(Duration.ofMinutes(1)) < 0 || time.compareTo(Exemption.LONGEST) > 0) {
            throw new BadInputException(
                    "--for",
                    "value",
                    (time == null ? "is to be given: " : "is ")
                            + "from 1m to 3d, such as 30m, 2h or 1d; what is meant for"
                            + " longer: backstop mode observe --rule");
        }
        String text = String.valueOf(what).strip();
        KnownRules rules = KnownRules.of(configuration.load());
        Kind meant = kind == null ? guessed(text, rules) : kind;
        if (meant == Kind.RULE) {
            silenceable(text, rules);
        }
        ObjectNode request = Json.object();
        request.putObject("exempt").put(meant.word(), text);
        return request.put("minutes", time.toMinutes());
    }

    private static Kind guessed(String text, KnownRules rules) {
        if (rules.find(text).isPresent()) {
            return Kind.RULE;
        }
        if (RESOURCE.matcher(text).matches()) {
            return Kind.RESOURCE;
        }
        rules.meant(text).ifPresent(rule -> {
            throw new BadInputException(
                    "exempt",
                    text,
                    "is not a rule: did you mean " + rule + "? If a session is called so, add --as session");
        });
        return Kind.SESSION;
    }

    private static void silenceable(String text, KnownRules rules) {
        Category category = rules.find(text).map(Rule::category).orElseThrow(() -> rules.unknown("exempt", text));
        if (category == Category.IDENTITY || category == Category.GUARDRAILS) {
            throw new BadInputException(
                    "exempt",
                    text,
                    "is a rule of category " + category.word()
                            + ", which nothing silences; to alert and not act: backstop" + " mode observe --rule "
                            + text);
        }
    }

    private void show(JsonNode answer) {
        JsonNode exemption = answer.path("exemption");
        String thing =
                exemption.path("kind").asText() + " " + exemption.path("of").asText();
        String id = exemption.path("id").asText();
        String until = exemption.path("until").asText();
        String would = answer.path("dryRun").asBoolean() ? "would be " : "";
        Page page = new Page(spec.commandLine());
        switch (answer.path("status").asText()) {
            case "ended" -> page.line(would + "ended: " + thing + " (" + id + ")");
            case "was-over" -> page.line("was over already: " + thing + " (" + id + "), at " + until);
            default -> {
                page.line(would + "exempt until " + until + ": " + thing + " (" + id + ")");
                page.line("End it before: backstop exempt --end " + id + " --reason …");
            }
        }
    }

    private int list() {
        List<JsonNode> held = Json.items(new DeployedDesk(Account.here(), false)
                .sessions(Json.object().put("exemptions", true))
                .path("exemptions"));
        Page page = new Page(spec.commandLine());
        if (json) {
            held.forEach(exemption -> spec.commandLine().getOut().println(Json.write(exemption)));
        } else if (held.isEmpty()) {
            page.line("Nothing is exempt.");
        } else {
            held.forEach(exemption -> page.field(
                    0,
                    exemption.path("id").asText() + "  ",
                    exemption.path("kind").asText() + " " + exemption.path("of").asText() + " until "
                            + exemption.path("until").asText() + ", by "
                            + exemption.path("operator").asText() + ": "
                            + exemption.path("reason").asText()));
        }
        return 0;
    }
}
