package dev.backstop.cdk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.Json;
import dev.backstop.rules.Configuration;
import dev.backstop.rules.ForwardRule;
import dev.backstop.rules.SessionRule;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.events.CfnRule;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/** The guard's outpost in another Region: it forwards what agents do there to the home Region. */
public final class OutpostStack extends Stack {
    /** The only Region that sees IAM's events and those of the other global services. */
    public static final String GLOBAL = "us-east-1";

    /** Of the rules and of the role; there is one role a Region, and IAM has all of them in one place. */
    private static final String PREFIX = AgentRules.PREFIX + "forward";

    private static final List<String> GLOBAL_SERVICES = List.of(
            "aws.account",
            "aws.agreement-marketplace",
            "aws.budgets",
            "aws.ce",
            "aws.cloudfront",
            "aws.iam",
            "aws.organizations",
            "aws.route53",
            "aws.route53domains",
            "aws.savingsplans",
            "aws.shield",
            "aws.signin",
            "aws.support",
            "aws.waf");

    private final GuardQueue undelivered;
    private final String homeBus;
    private final Role role;

    /**
     * @param props say in which Region it is
     * @param homeRegion where {@link BackstopStack} is
     */
    public OutpostStack(Construct scope, String id, StackProps props, Configuration configuration, String homeRegion) {
        super(scope, id, props);
        homeBus = Grants.located("arn:${Partition}:events:" + homeRegion + ":${Account}:event-bus/default");
        // An alarm cannot publish to a topic in another Region, so this one has its own.
        GuardKey key = new GuardKey(this, "Key", "backstop-guard");
        AlertTopic topic =
                new AlertTopic(this, "Alerts", key, configuration.deployment().alertEmail());
        undelivered = new GuardQueue(this, "Undelivered", "backstop-undelivered").open();
        new GuardAlarms(this, "Alarms", topic, configuration.deployment().runbook()).watch(undelivered);
        role = Role.Builder.create(this, "Role")
                .roleName(getRegion().equals(GLOBAL) ? PREFIX : PREFIX + "-" + getRegion())
                .description("Lets EventBridge hand agents' events to the home Region's bus")
                .assumedBy(new ServicePrincipal("events.amazonaws.com"))
                .inlinePolicies(Map.of(
                        "forward",
                        PolicyDocument.Builder.create()
                                .statements(List.of(Grants.allow(List.of("events:PutEvents"), List.of(homeBus))))
                                .build()))
                .build();
        AgentSelector agents = configuration.agents();
        // Reads too: timelines show them, and a refused one proves a kill.
        if (configuration.deployment().regions().contains(getRegion())) {
            forward("Calls", "calls", ForwardRule.pattern(agents, AgentRules.HERE));
        } else {
            forward("Sessions", "sessions", SessionRule.pattern(agents, AgentRules.HERE));
            forward("Calls", "calls", callsPattern(agents));
        }
    }

    /** Every call of an agent to a global service; STS has a rule of its own, since it also matters who becomes an agent. */
    private static ObjectNode callsPattern(AgentSelector agents) {
        ObjectNode pattern = Json.object();
        pattern.set("source", Json.MAPPER.valueToTree(GLOBAL_SERVICES));
        pattern.putObject("detail").set("userIdentity", agents.callerPattern(AgentRules.HERE));
        return pattern;
    }

    private void forward(String id, String name, ObjectNode pattern) {
        CfnRule rule = CfnRule.Builder.create(this, id)
                .name(PREFIX + "-" + name)
                .description("To the home Region's bus, where Backstop's rules are")
                .eventPattern(Json.MAPPER.convertValue(pattern, Map.class))
                .state(AgentRules.state(true))
                .targets(List.of(AgentRules.target("home", homeBus, undelivered)
                        .roleArn(role.getRoleArn())
                        .build()))
                .build();
        rule.getNode().addDependency(undelivered, role);
    }
}
