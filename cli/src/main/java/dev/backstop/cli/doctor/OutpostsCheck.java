package dev.backstop.cli.doctor;

import dev.backstop.cli.account.Account;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Target;

/**
 * Whether what agents do elsewhere comes to the home Region: to IAM and other global services, which only us-east-1 reports,
 * and to everything in the further Regions that are watched.
 */
record OutpostsCheck(Account home, List<String> further, Function<Account, Watched> watched) {
    private static final String GLOBAL = "us-east-1";
    private static final String DEPLOY = "deploy all stacks: cdk deploy --all";

    /** Of each outpost whether it forwards; of one that does, what would tell that it fails. */
    List<Check> look() {
        Set<String> regions = new LinkedHashSet<>(further);
        if (home.partition().equals("aws")) {
            regions.add(GLOBAL);
        }
        regions.remove(home.region());
        return regions.stream().flatMap(region -> look(region).stream()).toList();
    }

    private List<Check> look(String region) {
        Account there =
                new Account(home.id(), region, home.caller(), home.clients().in(region));
        Check forwarding = forwarding(there);
        List<Check> checks = new ArrayList<>(List.of(forwarding));
        if (forwarding.verdict() == Check.Verdict.OK) {
            Stream.of(
                            List.of(new TrailCheck(there).look()),
                            new TopicCheck(there).look(),
                            new AlarmsCheck(watched.apply(there)).look())
                    .flatMap(List::stream)
                    .map(check -> in(region, check))
                    .forEach(checks::add);
        }
        return checks;
    }

    private Check forwarding(Account there) {
        EventBridgeClient events = there.clients().eventBridge();
        Map<String, RuleState> rules =
                events.listRules(request -> request.namePrefix("backstop-forward-")).rules().stream()
                        .collect(Collectors.toMap(Rule::name, Rule::state));
        boolean whole = further.contains(there.region());
        String what = whole ? "there" : "to IAM";
        for (String wanted : whole
                ? List.of("backstop-forward-calls")
                : List.of("backstop-forward-sessions", "backstop-forward-calls")) {
            RuleState state = rules.get(wanted);
            if (state == null) {
                return problem(
                        there,
                        wanted + " is not in " + there.region() + ": nobody sees what agents do " + what,
                        DEPLOY);
            }
            if (state != RuleState.ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS) {
                return problem(
                        there,
                        wanted + " in " + there.region() + " is " + state + ", which leaves out calls",
                        RulesCheck.enabling(wanted) + " (in " + there.region() + ")");
            }
            List<String> targets = events.listTargetsByRule(request -> request.rule(wanted)).targets().stream()
                    .map(Target::arn)
                    .toList();
            if (targets.stream().noneMatch(arn -> arn.contains(":events:" + home.region() + ":"))) {
                return problem(
                        there, wanted + " brings its events to " + targets + " and not to " + home.region(), DEPLOY);
            }
        }
        String which = whole ? "agents' calls" : "global services' events";
        return Check.ok(name(there.region()), which + " come from " + there.region() + " to " + home.region());
    }

    private static Check problem(Account there, String finding, String remedy) {
        return Check.problem(name(there.region()), finding, remedy);
    }

    private static Check in(String region, Check check) {
        String remedy = check.remedy();
        return new Check(
                name(region),
                check.verdict(),
                check.name() + " in " + region + ": " + check.finding(),
                remedy == null ? null : remedy + " (in " + region + ")");
    }

    private static String name(String region) {
        return region.equals(GLOBAL) ? "global" : "regions";
    }
}
