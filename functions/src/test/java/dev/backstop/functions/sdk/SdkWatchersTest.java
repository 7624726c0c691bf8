package dev.backstop.functions.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstop.core.contract.WatchersContract;
import dev.backstop.core.port.Watchers;
import dev.backstop.core.port.Watchers.Kind;
import dev.backstop.functions.MotoServer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.model.DescribeRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** What watches the account, over the SDK. */
class SdkWatchersTest extends WatchersContract {
    private static final String PATTERN = "{\"source\":[\"aws.s3\"]}";

    private final SdkClients clients = MotoServer.fresh().clients();

    @Override
    protected Watchers watchers() {
        return new SdkWatchers(clients);
    }

    @Override
    protected void create(Kind kind, String name) {
        switch (kind) {
            case TRAIL -> {
                clients.s3().createBucket(request -> request.bucket("contract-log-files")
                        .createBucketConfiguration(where -> where.locationConstraint("eu-west-1")));
                clients.cloudTrail().createTrail(request -> request.name(name).s3BucketName("contract-log-files"));
            }
            case CONFIGURATION_RECORDER -> recorder(name);
            case EVENT_RULE ->
                clients.eventBridge().putRule(request -> request.name(name)
                        .eventPattern(PATTERN)
                        .description("what it is for")
                        .state(RuleState.DISABLED));
        }
    }

    @Override
    protected void target(String rule, String id) {
        clients.eventBridge().putTargets(request -> request.rule(rule)
                .targets(Target.builder()
                        .id(id)
                        .arn("arn:aws:lambda:eu-west-1:123456789012:function:" + id)
                        .build()));
    }

    @Test
    void aRuleKeepsItsPatternAndSeesReadOnlyCallsToo() {
        create(Kind.EVENT_RULE, "backstop-sessions");

        watchers().start(Kind.EVENT_RULE, "backstop-sessions");

        DescribeRuleResponse rule = clients.eventBridge().describeRule(request -> request.name("backstop-sessions"));
        assertEquals(PATTERN, rule.eventPattern());
        assertEquals("what it is for", rule.description());
        assertEquals("ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS", rule.stateAsString());
    }

    @Test
    void aRuleOnAScheduleIsEnabledAgain() {
        clients.eventBridge().putRule(request -> request.name("backstop-sweep")
                .scheduleExpression("rate(1 hour)")
                .state(RuleState.DISABLED));

        watchers().start(Kind.EVENT_RULE, "backstop-sweep");

        DescribeRuleResponse rule = clients.eventBridge().describeRule(request -> request.name("backstop-sweep"));
        assertEquals("rate(1 hour)", rule.scheduleExpression());
        assertEquals(RuleState.ENABLED, rule.state());
    }

    private void recorder(String name) {
        clients.config()
                .putConfigurationRecorder(request -> request.configurationRecorder(
                        recorder -> recorder.name(name).roleARN("arn:aws:iam::123456789012:role/config")));
        clients.config()
                .putDeliveryChannel(request -> request.deliveryChannel(
                        channel -> channel.name("contract").s3BucketName("contract-log-files")));
    }
}
