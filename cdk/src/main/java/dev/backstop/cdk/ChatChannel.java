package dev.backstop.cdk;

import static java.util.Objects.requireNonNull;

import dev.backstop.rules.Channels.Chat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.chatbot.CfnCustomAction;
import software.amazon.awscdk.services.chatbot.CfnCustomAction.CustomActionAttachmentCriteriaProperty;
import software.amazon.awscdk.services.chatbot.CfnCustomAction.CustomActionAttachmentProperty;
import software.amazon.awscdk.services.chatbot.CfnCustomAction.CustomActionDefinitionProperty;
import software.amazon.awscdk.services.chatbot.CfnSlackChannelConfiguration;
import software.amazon.awscdk.services.chatbot.LoggingLevel;
import software.amazon.awscdk.services.chatbot.SlackChannelConfiguration;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/**
 * Slack by Amazon Q Developer in chat applications: one thread an incident, and buttons that invoke the on-call functions under
 * IAM, without a public endpoint. Whoever is in the channel may press them, and nothing else: the guardrail is the on-call
 * policy.
 */
public final class ChatChannel extends Construct {
    private static final String NAME = "backstop-alerts";

    public ChatChannel(Construct scope, String id, Chat chat, AlertTopic topic, ManagedPolicy onCall, boolean aliased) {
        super(scope, id);
        Role role = Role.Builder.create(this, "Role")
                .roleName("backstop-chat")
                .description("What people in the Slack channel may do through Amazon Q Developer")
                .assumedBy(new ServicePrincipal("chatbot.amazonaws.com"))
                .managedPolicies(List.of(onCall))
                .build();
        SlackChannelConfiguration slack = SlackChannelConfiguration.Builder.create(this, "Channel")
                .slackChannelConfigurationName(NAME)
                .slackWorkspaceId(chat.workspace())
                .slackChannelId(chat.channel())
                .notificationTopics(List.of(topic.topic()))
                .role(role)
                .guardrailPolicies(List.of(onCall))
                .loggingLevel(LoggingLevel.ERROR)
                .build();
        String qualifier = aliased ? ":" + GuardFunction.ALIAS : "";
        String said = "\"reason\":\"pressed in Slack on event $event\",\"operator\":\"Slack\"";
        List<CfnCustomAction> actions = List.of(
                action("Revoke", "backstop-revoke" + qualifier, "{\"session\":\"$session\"," + said + "}"),
                action("Restore", "backstop-restore" + qualifier, "{\"session\":\"$session\"," + said + "}"),
                action(
                        "Exempt",
                        "backstop-restore" + qualifier,
                        "{\"exempt\":{\"session\":\"$session\"},\"minutes\":120," + said + "}"),
                action("Timeline", "backstop-sessions" + qualifier, "{\"session\":\"$session\"}"));
        // The channel shows only the actions that it is given, which the construct has no property for.
        ((CfnSlackChannelConfiguration) requireNonNull(slack.getNode().getDefaultChild()))
                .setCustomizationResourceArns(actions.stream()
                        .map(CfnCustomAction::getAttrCustomActionArn)
                        .toList());
    }

    /** A button on every notification that names a session. */
    private CfnCustomAction action(String word, String function, String payload) {
        return CfnCustomAction.Builder.create(this, word)
                .actionName(AgentRules.PREFIX + word.toLowerCase(Locale.ROOT))
                .aliasName(AgentRules.PREFIX + word.toLowerCase(Locale.ROOT))
                .definition(CustomActionDefinitionProperty.builder()
                        .commandText("lambda invoke --function-name " + function + " --region " + Aws.REGION
                                + " --payload " + payload)
                        .build())
                .attachments(List.of(CustomActionAttachmentProperty.builder()
                        .buttonText(word)
                        .notificationType("Custom")
                        .criteria(List.of(CustomActionAttachmentCriteriaProperty.builder()
                                .operator("HAS_VALUE")
                                .variableName("session")
                                .build()))
                        .variables(Map.of(
                                "session", "event.metadata.additionalContext.session",
                                "event", "event.metadata.additionalContext.event"))
                        .build()))
                .build();
    }
}
