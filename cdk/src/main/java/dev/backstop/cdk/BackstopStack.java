package dev.backstop.cdk;

import dev.backstop.rules.Configuration;
import dev.backstop.rules.Configuration.Deployment.Drift;
import dev.backstop.rules.Configuration.Deployment.Trail;
import dev.backstop.rules.RuleBook;
import java.util.List;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;

/** The guard, in its home Region. */
public final class BackstopStack extends Stack {
    public BackstopStack(
            Construct scope,
            String id,
            StackProps props,
            Configuration configuration,
            RuleBook book,
            FunctionCode code) {
        super(scope, id, props);
        GuardKey key = new GuardKey(this, "Key", "backstop-guard");
        AlertTopic topic =
                new AlertTopic(this, "Alerts", key, configuration.deployment().alertEmail());
        StateTable table = new StateTable(this, "State", key);
        SessionFeed feed = new SessionFeed(this, "SessionFeed", GuardFunctions.SESSIONS_TIMEOUT);
        GuardFunctions functions = new GuardFunctions(this, "Functions", configuration, book, code, table, topic, feed);
        GuardQueue undelivered = new GuardQueue(this, "Undelivered", "backstop-undelivered").open();
        new AgentRules(this, "Rules", book, functions.respond(), functions.baseline(), undelivered);
        new BaselineFeed(this, "BaselineFeed", functions.baseline(), undelivered);
        if (configuration.deployment().drift() != Drift.OFF) {
            new DriftDetection(this, "Drift", configuration, functions, undelivered);
        }
        feed.connect(configuration.agents(), functions.sessions(), undelivered);
        new Schedule(this, "Sweep", "sweep", "rate(1 hour)", "{\"sweep\":true}", functions.revoke(), undelivered);
        Measures measures = new Measures(this, "Measures", functions);
        GuardAlarms alarms = new GuardAlarms(
                this, "Alarms", topic, configuration.deployment().runbook());
        functions.all().forEach(alarms::watch);
        alarms.watch(undelivered);
        alarms.watch(feed.failed());
        alarms.watchWaiting(feed.queue());
        alarms.watch(measures);
        alarms.watchHeartbeat(measures, functions.respond());
        new GuardDashboard(this, "Dashboard", functions, measures, List.of(undelivered, feed.failed()));
        if (configuration.deployment().trail() == Trail.CREATE) {
            new ActivityTrail(this, "Trail");
        }
        AgentBoundary boundary = new AgentBoundary(this, "AgentBoundary");
        new Canary(this, "Canary", functions.drill().role(), boundary.policy());
        new Schedule(this, "Drill", "drill", "rate(7 days)", "{}", functions.drill(), undelivered);
        new HeartbeatLine(this, "Heartbeat", functions.drill(), functions.respond(), undelivered);
        OnCallPolicy onCall = new OnCallPolicy(
                this, "OnCallPolicy", configuration.deployment().alias());
        new AlertChannels(this, "Channels", configuration, code, topic, onCall, undelivered, alarms);
        new NextSteps(this, "NextSteps", configuration.deployment(), topic);
    }
}
