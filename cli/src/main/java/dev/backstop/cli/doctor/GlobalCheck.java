package dev.backstop.cli.doctor;

import dev.backstop.cli.account.Account;
import dev.backstop.functions.sdk.SdkClients;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** Whether what agents do to IAM and other global services, which only us-east-1 reports, comes to another home Region. */
record GlobalCheck(Account home, Function<Account, Watched> watched) {
    private static final String NAME = "global";
    private static final String REGION = "us-east-1";
    private static final String DEPLOY = "deploy both stacks: cdk deploy --all";

    /** Empty where home is us-east-1, and nothing has to be brought there. */
    List<Check> look() {
        if (home.region().equals(REGION) || !home.partition().equals("aws")) {
            return List.of();
        }
        Account there = new Account(home.id(), REGION, home.caller(), SdkClients.of(REGION, null));
        List<Check> checks = new ArrayList<>();
        checks.add(forwarding(there.clients().eventBridge()));
        if (checks.getFirst().verdict() == Check.Verdict.OK) {
            Stream.concat(new TopicCheck(there).look().stream(), new AlarmsCheck(watched.apply(there)).look().stream())
                    .map(GlobalCheck::inThatRegion)
                    .forEach(checks::add);
        }
        return checks;
    }

    private Check forwarding(EventBridgeClient events) {
        Map<String, RuleState> rules =
                events.listRules(request -> request.namePrefix("backstop-forward-")).rules().stream()
                        .collect(Collectors.toMap(Rule::name, Rule::state));
        for (String wanted : List.of("backstop-forward-sessions", "backstop-forward-calls")) {
            RuleState state = rules.get(wanted);
            if (state == null) {
                return Check.problem(
                        NAME, wanted + " is not in " + REGION + ": nobody sees what agents do to IAM", DEPLOY);
            }
            if (state != RuleState.ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS) {
                return Check.problem(
                        NAME,
                        wanted + " in " + REGION + " is " + state + ", which leaves out calls",
                        RulesCheck.enabling(wanted) + " (in " + REGION + ")");
            }
            List<String> targets = events.listTargetsByRule(request -> request.rule(wanted)).targets().stream()
                    .map(Target::arn)
                    .toList();
            if (targets.stream().noneMatch(arn -> arn.contains(":events:" + home.region() + ":"))) {
                return Check.problem(
                        NAME, wanted + " brings its events to " + targets + " and not to " + home.region(), DEPLOY);
            }
        }
        return Check.ok(NAME, "global services' events come from " + REGION + " to " + home.region());
    }

    private static Check inThatRegion(Check check) {
        String remedy = check.remedy();
        return new Check(
                NAME,
                check.verdict(),
                check.name() + " in " + REGION + ": " + check.finding(),
                remedy == null ? null : remedy + " (in " + REGION + ")");
    }
}
