package dev.backstop.cli.doctor;

import dev.backstop.cli.account.Account;
import dev.backstop.rules.RuleBook;
import dev.backstop.rules.RuleDefinition;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.ListRulesResponse;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.RuleState;

/** Whether every rule of the catalogue is deployed and sees what it must, and those that feed and move the guard itself. */
record RulesCheck(Account account, RuleBook book, boolean drift) {
    private static final String NAME = "rules";
    private static final String PREFIX = "backstop-";

    /** Besides the catalogue's: STS records and all calls of agents, whose rules must see reads; and the schedules. */
    private static final List<String> READING = List.of("sessions", "activity");

    private static final List<String> OWN =
            List.of("heartbeat", "heartbeat-call", "sweep", "drill", "baseline", "deployed", "survey");

    private static final List<String> OF_DRIFT = List.of("drift", "config-rules", "drift-sweep", "approved");

    Check look() {
        Map<String, RuleState> deployed = deployed();
        List<String> reading = Stream.concat(
                        READING.stream(),
                        book.definitions().stream()
                                .filter(RuleDefinition::readOnly)
                                .map(RuleDefinition::id))
                .map(PREFIX::concat)
                .toList();
        List<String> wanted = Stream.of(
                        READING.stream(),
                        OWN.stream(),
                        OF_DRIFT.stream().filter(_ -> drift),
                        book.definitions().stream().map(RuleDefinition::id))
                .flatMap(names -> names)
                .map(PREFIX::concat)
                .toList();
        List<String> missing =
                wanted.stream().filter(name -> !deployed.containsKey(name)).toList();
        List<String> off = wanted.stream()
                .filter(name -> deployed.get(name) == RuleState.DISABLED)
                .toList();
        if (!missing.isEmpty()) {
            boolean all = missing.size() == wanted.size();
            String which = all
                    ? "none of the " + wanted.size() + " is deployed"
                    : "not deployed: " + String.join(", ", missing);
            return Check.problem(NAME, which, Doctor.DEPLOY);
        }
        if (!off.isEmpty()) {
            String first = off.getFirst();
            return Check.problem(
                    NAME,
                    "disabled: " + String.join(", ", off),
                    reading.contains(first) ? enabling(first) : "aws events enable-rule --name " + first);
        }
        List<String> halfBlind = reading.stream()
                .filter(name -> deployed.get(name) == RuleState.ENABLED)
                .toList();
        if (!halfBlind.isEmpty()) {
            return Check.problem(
                    NAME,
                    "enabled without read-only calls, which they are about: " + String.join(", ", halfBlind),
                    enabling(halfBlind.getFirst()));
        }
        return Check.ok(NAME, "all " + wanted.size() + " are deployed and enabled");
    }

    /** What {@code aws events enable-rule} sets a rule to leaves out read-only calls, AssumeRole among them. */
    static String enabling(String rule) {
        return "aws events put-rule --name " + rule + " --state "
                + RuleState.ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS
                + " --event-pattern \"$(aws events describe-rule --name " + rule
                + " --query EventPattern --output text)\"";
    }

    private Map<String, RuleState> deployed() {
        EventBridgeClient events = account.clients().eventBridge();
        Map<String, RuleState> states = new TreeMap<>();
        String token = null;
        do {
            String next = token;
            ListRulesResponse page =
                    events.listRules(request -> request.namePrefix(PREFIX).nextToken(next));
            for (Rule rule : page.rules()) {
                states.put(rule.name(), rule.state());
            }
            token = page.nextToken();
        } while (token != null);
        return states;
    }
}
