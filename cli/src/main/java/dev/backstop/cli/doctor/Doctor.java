package dev.backstop.cli.doctor;

import dev.backstop.cli.account.Account;
import dev.backstop.cli.account.Refusal;
import dev.backstop.cli.account.Stack;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Mode;
import dev.backstop.core.port.Controls.Modes;
import dev.backstop.functions.sdk.DynamoControls;
import dev.backstop.rules.Configuration;
import dev.backstop.rules.Configuration.Deployment.Drift;
import dev.backstop.rules.RuleBook;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;

/** Looks at an account, and changes nothing. */
public final class Doctor {
    static final String DEPLOY = "deploy the stack (cdk deploy), or set AWS_REGION to the Region it is in";

    private final Configuration configuration;
    private final RuleBook book;

    public Doctor(Configuration configuration, RuleBook book) {
        this.configuration = configuration;
        this.book = book;
    }

    /** Every check in turn; only the first where there are no credentials to make the others with. */
    public List<Check> examine() {
        List<Check> checks = new ArrayList<>();
        Account account;
        try {
            account = Account.here();
        } catch (BadInputException e) {
            checks.add(
                    Check.problem("credentials", String.valueOf(e.getMessage()), "no other check can be made before"));
            return checks;
        }
        checks.add(Check.ok("credentials", account.caller() + " in " + account.words()));
        checks.add(guarded("trail", () -> new TrailCheck(account).look()));
        checks.addAll(stack(account));
        checks.add(guarded("roles", () -> new AgentRolesCheck(account, configuration).look()));
        return checks;
    }

    /** What is deployed here; one line where nothing is, as in a Region that was not meant. */
    private List<Check> stack(Account account) {
        boolean drift = configuration.deployment().drift() != Drift.OFF;
        List<Check> checks = new ArrayList<>();
        checks.add(guarded("table", () -> table(account)));
        checks.addAll(all("topic", () -> new TopicCheck(account).look()));
        checks.addAll(all(
                "functions",
                () -> new FunctionsCheck(account, configuration.deployment().alias()).look()));
        checks.add(guarded("rules", () -> new RulesCheck(account, book, drift).look()));
        if (checks.stream().allMatch(check -> DEPLOY.equals(check.remedy()))) {
            return List.of(Check.problem("stack", "nothing of Backstop is in " + account.words(), DEPLOY));
        }
        Watched watched = new CloudWatchWatched(account);
        PulseCheck pulse = new PulseCheck(watched, Instant.now());
        checks.add(guarded("heartbeat", pulse::heartbeat));
        checks.add(guarded("drill", pulse::drill));
        checks.add(guarded("baseline", () -> new BaselineCheck(account, Instant.now()).look()));
        checks.addAll(all("alarms", () -> new AlarmsCheck(watched).look()));
        List<String> further = configuration.deployment().regions();
        checks.addAll(all("global", () -> new OutpostsCheck(account, further, CloudWatchWatched::new).look()));
        if (drift) {
            checks.add(guarded("config", () -> new RecorderCheck(account).look()));
        }
        if (configuration.channels().securityHub()) {
            checks.add(guarded("security-hub", () -> new SecurityHubCheck(account).look()));
        }
        return checks;
    }

    private static Check table(Account account) {
        try {
            Modes modes = new DynamoControls(Stack.readTable(account), InstantSource.system()).modes();
            String but = new TreeMap<>(modes.byRule())
                    .entrySet().stream()
                            .map(own -> ", but " + own.getValue().word() + " for " + own.getKey())
                            .collect(Collectors.joining());
            String hint = modes.all() == Mode.OBSERVE ? " (backstop mode enforce lets the functions act)" : "";
            return Check.ok("table", "is there; mode " + modes.all().word() + but + hint);
        } catch (SdkException e) {
            if (Refusal.isMissing(e)) {
                return Check.problem("table", Stack.tableName(account) + " is not there", DEPLOY);
            }
            throw e;
        }
    }

    private static Check guarded(String name, Supplier<Check> check) {
        return all(name, () -> List.of(check.get())).getFirst();
    }

    /** What may not be looked at is unknown, and unknown is not well. */
    private static List<Check> all(String name, Supplier<List<Check>> checks) {
        try {
            return checks.get();
        } catch (SdkException e) {
            String remedy = Refusal.isDenied(e) ? "run it with credentials that may look" : "try again";
            return List.of(new Check(name, Check.Verdict.UNKNOWN, Refusal.of(e), remedy));
        }
    }
}
