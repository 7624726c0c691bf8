package dev.backstop.cdk;

import dev.backstop.core.Routes.Channel;
import dev.backstop.rules.Channels;
import dev.backstop.rules.Configuration;
import software.constructs.Construct;

/** The channels beyond e-mail, each where it is configured, and the log of everything that is said on the bus. */
public final class AlertChannels extends Construct {
    public AlertChannels(
            Construct scope,
            String id,
            Configuration configuration,
            FunctionCode code,
            AlertTopic topic,
            OnCallPolicy onCall,
            GuardQueue undelivered,
            GuardAlarms alarms) {
        super(scope, id);
        Channels channels = configuration.channels();
        var routes = configuration.routes();
        boolean aliased = configuration.deployment().alias();
        new EventLog(this, "EventLog", undelivered);
        String slack = channels.slackSecret();
        if (slack != null) {
            SlackWebhook webhook =
                    new SlackWebhook(this, "Slack", topic, code, slack, routes.heardBy(Channel.SLACK), aliased);
            alarms.watch(webhook.failed());
        }
        Channels.Chat chat = channels.chat();
        if (chat != null) {
            new ChatChannel(this, "Chat", chat, topic, onCall.policy(), aliased);
        }
        String pagerDuty = channels.pagerDutySecret();
        if (pagerDuty != null) {
            boolean linked = configuration.deployment().runbook().startsWith("https://");
            new PagerDuty(this, "PagerDuty", pagerDuty, routes.heardBy(Channel.PAGERDUTY), linked, undelivered);
        }
        Channels.Endpoint https = channels.https();
        if (https != null) {
            new HttpsEndpoint(this, "Https", https, routes.heardBy(Channel.HTTPS), undelivered);
        }
        if (channels.securityHub()) {
            SecurityHub hub = new SecurityHub(
                    this, "SecurityHub", code, routes.heardBy(Channel.SECURITY_HUB), undelivered, aliased);
            alarms.watch(hub.failed());
        }
    }
}
