package dev.backstop.cli.input;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.BadInputException;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.IssuedSession;
import dev.backstop.core.port.SessionRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads every event of the inputs, in their order; what cannot be used is reported, counted and left out. */
public final class EventReader {
    private static final byte[] STS = "sts.amazonaws.com".getBytes(StandardCharsets.UTF_8);

    /** Of one file, so that a large file of something else does not bury everything. */
    private static final int REPORTED = 10;

    private final Inputs inputs;
    private final Consumer<String> problems;

    /** @param problems takes one line for every record that cannot be used */
    public EventReader(Inputs inputs, Consumer<String> problems) {
        this.inputs = inputs;
        this.problems = problems;
    }

    /**
     * Hands over every event in turn.
     *
     * @throws BadInputException at the end, when there was no record at all, or none in a file that the user named
     */
    public Tally read(Consumer<Event> consumer) {
        Tally all = Tally.NONE;
        for (Source source : inputs.sources()) {
            Counter counter = new Counter(source);
            source.frames(frame -> counter.take(frame, consumer));
            all = all.plus(counter.tally());
            counter.end();
        }
        if (all.records() == 0) {
            List<Source> read = inputs.sources();
            throw new BadInputException(
                    read.size() == 1 ? read.getFirst().name() : read.size() + " files",
                    "records",
                    "no CloudTrail record in " + (read.size() == 1 ? "it" : "them") + " could be used");
        }
        return all;
    }

    /**
     * Keeps the sessions that the STS records among the inputs issued to agents. A pass of its own, because records come
     * in any order and the one that names the owner may be the last.
     */
    public void sessions(AgentSelector agents, SessionRegistry registry) {
        for (Source source : inputs.sources()) {
            source.frames(frame -> {
                if (frame.fault() == null && contains(frame.bytes(), STS)) {
                    keep(frame, source, agents, registry);
                }
            });
        }
    }

    private static void keep(Frame frame, Source source, AgentSelector agents, SessionRegistry registry) {
        try {
            CloudTrailRecord record = Event.of(frame, source.name()).record();
            if (record.eventSource().equals("sts.amazonaws.com")) {
                IssuedSession.of(record, agents)
                        .filter(session -> agents.selectsRole(session.roleArn()) || agents.selects(record.caller()))
                        .ifPresent(registry::keep);
            }
        } catch (BadInputException _) {
            // Reported when the events are read.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean contains(byte[] bytes, byte[] wanted) {
        for (int start = 0; start <= bytes.length - wanted.length; start++) {
            int matched = 0;
            while (matched < wanted.length && bytes[start + matched] == wanted[matched]) {
                matched++;
            }
            if (matched == wanted.length) {
                return true;
            }
        }
        return false;
    }

    /** Reads one file. */
    private final class Counter {
        private final Source source;
        private long records;
        private long malformed;
        private @Nullable BadInputException held;

        Counter(Source source) {
            this.source = source;
        }

        void take(Frame frame, Consumer<Event> consumer) {
            Event event;
            try {
                event = Event.of(frame, source.name());
            } catch (BadInputException e) {
                reportHeld();
                malformed++;
                held = e;
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            reportHeld();
            records++;
            consumer.accept(event);
        }

        Tally tally() {
            return new Tally(1, records, malformed);
        }

        /** What is wrong with the only thing in a file that the user named is the error, said once. */
        void end() {
            if (source.chosen() && records == 0) {
                if (held != null && malformed == 1) {
                    throw held;
                }
                reportHeld();
                throw new BadInputException(source.name(), "records", "no CloudTrail record in it could be used");
            }
            reportHeld();
        }

        private void reportHeld() {
            if (held != null && malformed <= REPORTED) {
                problems.accept(String.valueOf(held.getMessage()));
            } else if (held != null && malformed == REPORTED + 1) {
                problems.accept(source.name() + ": more records that cannot be used: from here on only counted");
            }
            held = null;
        }
    }
}
