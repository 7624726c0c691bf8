package dev.backstop.cdk;

import dev.backstop.rules.Configuration.Deployment;
import software.amazon.awscdk.CfnOutput;
import software.constructs.Construct;

/** Says, when {@code cdk deploy} ends, what is left for a person to do. */
public final class NextSteps extends Construct {
    public NextSteps(Construct scope, String id, Deployment deployment, AlertTopic topic, StateTable table) {
        super(scope, id);
        String email = deployment.alertEmail();
        say(
                "Alerts",
                email.isEmpty()
                        ? "Nobody is subscribed to " + AlertTopic.NAME + ": deploy again with -c alertEmail=ADDRESS."
                        : "Confirm the subscription in the mail that " + email + " got; until then nobody is alerted.");
        say("AlertTopicArn", topic.arn());
        say(
                "Mode",
                "observe: Backstop alerts and says what it would do. To let it act: aws dynamodb put-item --table-name "
                        + table.name()
                        + " --item '{\"pk\":{\"S\":\"CONFIG\"},\"sk\":{\"S\":\"MODE\"},\"all\":{\"S\":\"enforce\"}}'");
        String qualifier = deployment.alias() ? ":" + GuardFunction.ALIAS : "";
        say(
                "OnCall",
                "backstop-revoke" + qualifier + " stops an agent session, backstop-restore" + qualifier
                        + " lets it go on: aws lambda invoke, or ./backstop revoke and restore.");
        say(
                "Trail",
                switch (deployment.trail()) {
                    case CREATE -> "backstop-trail logs the management events of all Regions.";
                    case EXISTING ->
                        "Events arrive only while a trail logs management events: ./backstop doctor says whether one does,"
                                + " -c trail=create makes one.";
                });
    }

    private void say(String id, String text) {
        CfnOutput.Builder.create(this, id).value(text).build().overrideLogicalId(id);
    }
}
