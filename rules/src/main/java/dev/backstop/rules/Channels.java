package dev.backstop.rules;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where alerts go beyond e-mail and the event bus; each is off unless configured. Secrets are named, never given.
 *
 * @param slackSecret the secret that holds the URL of Slack's incoming webhook; null for none
 * @param chat the Slack channel that Amazon Q Developer posts to; null for none
 * @param pagerDutySecret the secret that holds the integration key of PagerDuty's Events API v2; null for none
 * @param https any address that takes events; null for none
 * @param securityHub whether alerts are findings of the account's Security Hub
 */
public record Channels(
        @Nullable String slackSecret,
        @Nullable Chat chat,
        @Nullable String pagerDutySecret,
        @Nullable Endpoint https,
        boolean securityHub) {
    private static final Pattern INTEGRATION_KEY = Pattern.compile("[A-Za-z0-9]{32}");

    /**
     * A channel of a Slack workspace in which Amazon Q Developer is authorised.
     *
     * @param workspace its id, {@code T…}
     * @param channel its id, {@code C…}
     */
    public record Chat(String workspace, String channel) {}

    /**
     * An address, and the header that lets Backstop in.
     *
     * @param secret the secret that holds the header's value
     */
    public record Endpoint(String address, String header, String secret) {}

    /** Reads the keys; two that need each other are both there or neither. */
    static Channels of(ContextReader keys) {
        return new Channels(
                keys.word("slackWebhookSecret", Form.SECRET),
                chat(keys),
                pagerDuty(keys),
                https(keys),
                keys.flag("securityHub", false));
    }

    /** A key that stands in cdk.json would be committed with it. */
    private static @Nullable String pagerDuty(ContextReader keys) {
        String secret = keys.word("pagerDutySecret", Form.SECRET);
        if (secret != null && INTEGRATION_KEY.matcher(secret).matches()) {
            throw keys.wrong(
                    "pagerDutySecret",
                    "looks like an integration key itself: put that into a secret of Secrets Manager, and name the secret");
        }
        return secret;
    }

    private static @Nullable Chat chat(ContextReader keys) {
        String workspace = keys.word("chatWorkspace", Form.WORKSPACE);
        String channel = keys.word("chatChannel", Form.CHANNEL);
        together(keys, "chatWorkspace", workspace, "chatChannel", channel);
        return workspace == null || channel == null ? null : new Chat(workspace, channel);
    }

    private static @Nullable Endpoint https(ContextReader keys) {
        String address = keys.word("httpsEndpoint", Form.ADDRESS);
        String secret = keys.word("httpsSecret", Form.SECRET);
        String header = keys.word("httpsHeader", Form.HEADER);
        together(keys, "httpsEndpoint", address, "httpsSecret", secret);
        return address == null || secret == null
                ? null
                : new Endpoint(address, header == null ? "Authorization" : header, secret);
    }

    private static void together(
            ContextReader keys, String one, @Nullable String first, String other, @Nullable String second) {
        if ((first == null) != (second == null)) {
            String missing = first == null ? one : other;
            throw keys.wrong(missing, "is missing: it goes with " + (first == null ? other : one));
        }
    }
}
