package dev.backstop.cli.oncall;

import dev.backstop.cli.account.Refusal;
import dev.backstop.core.memory.LocalRevocations;
import dev.backstop.core.memory.LocalSessionRegistry;
import dev.backstop.core.memory.LocalTimeline;
import dev.backstop.functions.line.Sessions;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What the table keeps, and memory in its place where it fails: no kill may fail for want of a note of it. */
final class Kept {
    private static final String UNREAD = "the table backstop cannot be read, and is done without: ";
    private static final String UNWRITTEN =
            "the table backstop takes no note of this, so the functions will neither confirm, renew nor lift it: ";

    private final Sessions memory =
            new Sessions(new LocalSessionRegistry(), new LocalTimeline(), new LocalRevocations());
    private final Consumer<String> notes;
    private final Set<String> said = new HashSet<>();
    private @Nullable Sessions table;

    Kept(@Nullable Sessions table, Consumer<String> notes) {
        this.table = table;
        this.notes = notes;
    }

    /** Whether there is a table that answers. */
    boolean inTable() {
        return table != null;
    }

    <T> T read(Function<Sessions, T> call) {
        return ask(call, UNREAD);
    }

    void write(Consumer<Sessions> call) {
        ask(
                sessions -> {
                    call.accept(sessions);
                    return true;
                },
                UNWRITTEN);
    }

    private <T> T ask(Function<Sessions, T> call, String trouble) {
        Sessions asked = table;
        if (asked == null) {
            return call.apply(memory);
        }
        try {
            return call.apply(asked);
        } catch (SdkException e) {
            note(trouble + Refusal.of(e));
            if (!(e instanceof AwsServiceException)) {
                // Whoever does not answer once would be waited for again and again.
                table = null;
            }
        } catch (IllegalStateException e) {
            note(trouble + e.getMessage());
        }
        return call.apply(memory);
    }

    private void note(String text) {
        if (said.add(text)) {
            notes.accept(text);
        }
    }
}
