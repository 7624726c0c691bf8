package dev.backstop.cdk;

import dev.backstop.rules.Configuration.Deployment;
import software.amazon.awscdk.CfnOutput;
import software.constructs.Construct;

/** Says, when {@code cdk deploy} ends, what is left for a person to do. */
public final class NextSteps extends Construct {
    public NextSteps(Construct scope, String id, Deployment deployment, AlertTopic topic) {
        super(scope, id);
        String email = deployment.alertEmail();
        say(
                "Alerts",
                email.isEmpty()
                        ? "Nobody is subscribed to " + AlertTopic.NAME + ": deploy again with -c alertEmail=ADDRESS."
                        : "Confirm the subscription in the mail that " + email + " got; until then nobody is alerted.");
        say("AlertTopicArn", topic.arn());
        say("Mode", "observe: Backstop alerts and says what it would do. To let it act: ./backstop mode enforce");
        String qualifier = deployment.alias() ? ":" + GuardFunction.ALIAS : "";
        say(
                "OnCall",
                "To stop an agent session: aws lambda invoke --function-name backstop-revoke" + qualifier
                        + " --cli-binary-format raw-in-base64-out --payload"
                        + " '{\"session\":\"ID\",\"reason\":\"WHY\",\"operator\":\"YOU\"}' /dev/stdout; backstop-restore"
                        + qualifier + " lets it go on.");
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
