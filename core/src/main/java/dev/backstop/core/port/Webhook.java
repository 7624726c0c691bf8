package dev.backstop.core.port;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One address that takes JSON. */
public interface Webhook {
    /** Posts once. A broken line is an answer too. */
    Answer post(String json);

    /**
     * What came back.
     *
     * @param status HTTP's; 0 where there was no answer at all
     * @param text the first words of the answer, or why there was none
     * @param retryAfter how long whoever answered asks to wait; null where it does not say
     */
    record Answer(int status, String text, @Nullable Duration retryAfter) {
        public boolean taken() {
            return status >= 200 && status < 300;
        }

        /** Whether the same may be taken a little later. */
        public boolean worthAnotherTry() {
            return status == 0 || status == 429 || status >= 500;
        }
    }
}
