package dev.backstop.cli.doctor;

import dev.backstop.cli.account.Account;
import dev.backstop.cli.account.Refusal;
import dev.backstop.cli.account.Stack;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.model.Subscription;

/** Whether alerts reach anybody. */
record TopicCheck(Account account) {
    private static final String NAME = "topic";

    List<Check> look() {
        List<Subscription> subscriptions;
        try {
            subscriptions = account
                    .clients()
                    .sns()
                    .listSubscriptionsByTopicPaginator(request -> request.topicArn(Stack.topicArn(account)))
                    .subscriptions()
                    .stream()
                    .toList();
        } catch (SdkException e) {
            if (Refusal.isMissing(e)) {
                return List.of(Check.problem(NAME, Stack.topicArn(account) + " is not there", Doctor.DEPLOY));
            }
            throw e;
        }
        List<Check> checks = new ArrayList<>();
        for (Subscription subscription : subscriptions) {
            if (!subscription.subscriptionArn().startsWith("arn:")) {
                checks.add(
                        Check.problem(
                                NAME,
                                subscription.protocol() + " " + subscription.endpoint()
                                        + " has not confirmed its subscription",
                                "follow the link in the mail from AWS Notifications; deploy again if it is older than two days"));
            }
        }
        int confirmed = subscriptions.size() - checks.size();
        if (subscriptions.isEmpty()) {
            checks.add(Check.problem(
                    NAME,
                    "is there, and nobody is subscribed: nobody hears of the alerts",
                    "set alertEmail in cdk.json's context and deploy, or subscribe a channel to the topic"));
        } else if (checks.isEmpty()) {
            checks.add(Check.ok(NAME, "is there; " + confirmed + " confirmed subscriptions"));
        }
        return checks;
    }
}
