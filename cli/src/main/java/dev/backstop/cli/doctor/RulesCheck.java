package dev.backstop.cli.doctor;

import dev.backstop.cli.account.Account;
import dev.backstop.rules.RuleBook;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.ListRulesResponse;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.RuleState;

/** Whether every rule of the catalogue is deployed and on, and the one that brings the session registry its records. */
record RulesCheck(Account account, RuleBook book) {
    private static final String NAME = "rules";
    private static final String PREFIX = "backstop-";

    Check look() {
        Map<String, RuleState> deployed = deployed();
        List<String> wanted = Stream.concat(
                        Stream.of("sessions"), book.definitions().stream().map(rule -> rule.id()))
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
            return Check.problem(
                    NAME, "disabled: " + String.join(", ", off), "aws events enable-rule --name " + off.getFirst());
        }
        return Check.ok(NAME, "all " + wanted.size() + " are deployed and enabled");
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
