package dev.backstop.functions.line;

import dev.backstop.core.port.Webhook;
import dev.backstop.core.port.Webhook.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Posts to a webhook until it is taken, as far as that helps: too many at once is waited out as asked, a server's error and
 * a broken line are tried again, a refusal is not.
 */
public final class WebhookSender {
    /** Whoever waits longer is asked again by Lambda's own retry, minutes later. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final Webhook webhook;
    private final InstantSource clock;
    private final Pause pause;

    public WebhookSender(Webhook webhook, InstantSource clock, Pause pause) {
        this.webhook = webhook;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Posts, at least once: where an answer was lost the message may be there already, and comes twice.
     *
     * @return the last answer; whether it {@link Answer#taken}, the caller must see
     */
    public Answer send(String json) {
        Instant deadline = clock.instant().plus(PATIENCE);
        Duration backOff = FIRST_PAUSE;
        while (true) {
            Answer answer = webhook.post(json);
            if (!answer.worthAnotherTry()) {
                return answer;
            }
            Duration wait = answer.retryAfter() == null ? backOff : answer.retryAfter();
            if (clock.instant().plus(wait).isAfter(deadline)) {
                return answer;
            }
            pause.of(wait);
            backOff = backOff.multipliedBy(2);
        }
    }
}
