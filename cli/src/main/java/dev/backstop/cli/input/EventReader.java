package dev.backstop.cli.input;

import dev.backstop.cli.input.Sifted.Item;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.BadInputException;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.IssuedSession;
import dev.backstop.core.Thing;
import dev.backstop.core.TimelineEntry;
import dev.backstop.core.port.SessionRegistry;
import dev.backstop.core.port.Timeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of the inputs, on all cores and in constant memory, and hands over what was made of them in the order of
 * the inputs; what cannot be used is reported, counted and left out.
 */
public final class EventReader {
    private static final String STS = "sts.amazonaws.com";

    /** Of one file, so that a large file of something else does not bury everything. */
    private static final int REPORTED = 10;

    private final Inputs inputs;
    private final AgentSelector agents;
    private final Consumer<String> problems;
    private final Meter meter;

    /** @param problems takes one line for every record that cannot be used */
    public EventReader(Inputs inputs, AgentSelector agents, Consumer<String> problems) {
        this(inputs, agents, problems, Meter.NONE);
    }

    /** The same, with somebody who wants to know how far it has come. */
    public EventReader(Inputs inputs, AgentSelector agents, Consumer<String> problems, Meter meter) {
        this.inputs = inputs;
        this.agents = agents;
        this.problems = problems;
        this.meter = meter;
    }

    /**
     * Has every event that the sieve keeps worked on by any thread, and hands over what came of it on this one.
     *
     * @param work empty where nothing comes of an event; called by many threads
     * @throws BadInputException at the end, when there was no record at all, or none in a file that the user named
     */
    public <T> Tally read(Sieve sieve, Period period, Function<Event, Optional<T>> work, Consumer<T> consumer) {
        Tally all = Tally.NONE;
        try (Conveyor<T> conveyor = conveyor(sieve, period, work)) {
            for (var belt = conveyor.next(); belt != null; belt = conveyor.next()) {
                Counter counter = new Counter(belt.source());
                for (Sifted<T> sifted = belt.next(); sifted != null; sifted = belt.next()) {
                    counter.take(sifted, consumer);
                    meter.records(sifted.records() + sifted.outside());
                }
                all = all.plus(counter.tally());
                counter.end();
            }
        }
        if (all.records() + all.outside() == 0) {
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
    public void sessions(SessionRegistry registry) {
        ahead(glance -> glance.source().equals(STS), this::issued, registry::keep);
    }

    /**
     * The same, and keeps what agents' calls created: what is deleted in one file may have been created in a later one.
     *
     * @param timeline takes the calls that created something, once all sessions are known
     */
    public void sessions(SessionRegistry registry, Timeline timeline) {
        List<Creation> creations = new ArrayList<>();
        Sieve sieve = glance -> glance.source().equals(STS)
                || (glance.byAgent() && !glance.failed() && Thing.mayCreate(glance.source(), glance.name()));
        ahead(sieve, this::issuedOrCreated, found -> {
            found.issued().ifPresent(registry::keep);
            found.creation().ifPresent(creations::add);
        });
        for (Creation creation : creations) {
            AgentSession session = registry.find(creation.caller()).orElse(creation.caller());
            timeline.keep(session.id(), List.of(creation.entry()));
        }
    }

    private <T> void ahead(Sieve sieve, Function<Event, Optional<T>> work, Consumer<T> consumer) {
        try (Conveyor<T> conveyor = conveyor(sieve, Period.ALWAYS, work)) {
            for (var belt = conveyor.next(); belt != null; belt = conveyor.next()) {
                for (Sifted<T> sifted = belt.next(); sifted != null; sifted = belt.next()) {
                    meter.records(sifted.records());
                    for (Item<T> item : sifted.items()) {
                        // What cannot be used is reported when the events are read.
                        if (item instanceof Item.Made<T>(T value)) {
                            consumer.accept(value);
                        }
                    }
                }
            }
        }
    }

    private Optional<Ahead> issuedOrCreated(Event event) {
        CloudTrailRecord record = event.record();
        boolean created =
                agents.selects(record.caller()) && !Thing.createdBy(record).isEmpty();
        Ahead found = new Ahead(
                issued(event),
                created
                        ? Optional.of(new Creation(agents.session(record), TimelineEntry.of(record)))
                        : Optional.empty());
        return Optional.of(found)
                .filter(some -> some.issued().isPresent() || some.creation().isPresent());
    }

    private <T> Conveyor<T> conveyor(Sieve sieve, Period period, Function<Event, Optional<T>> work) {
        Callers callers = new Callers(agents);
        return new Conveyor<>(inputs.sources(), meter, part -> new Sifter<T>(callers, sieve, period, work).sift(part));
    }

    private Optional<AgentSession> issued(Event event) {
        CloudTrailRecord record = event.record();
        return record.eventSource().equals(STS)
                ? IssuedSession.of(record, agents)
                        .filter(session -> agents.selectsRole(session.roleArn()) || agents.selects(record.caller()))
                : Optional.empty();
    }

    /** What must be known before the first event is looked at. */
    private record Ahead(Optional<AgentSession> issued, Optional<Creation> creation) {}

    private record Creation(AgentSession caller, TimelineEntry entry) {}

    /** Counts and reports what is in one file. */
    private final class Counter {
        private final Source source;
        private long records;
        private long outside;
        private long malformed;
        private long objects;
        private long lines;
        private @Nullable BadInputException held;

        Counter(Source source) {
            this.source = source;
        }

        <T> void take(Sifted<T> sifted, Consumer<T> consumer) {
            for (Item<T> item : sifted.items()) {
                switch (item) {
                    case Item.Made<T>(T value) -> consumer.accept(value);
                    case Item.Unusable<T>(Frame frame) -> {
                        reportHeld();
                        malformed++;
                        held = why(frame.behind(objects, lines));
                    }
                }
            }
            records += sifted.records();
            outside += sifted.outside();
            objects += sifted.objects();
            lines += sifted.lines();
        }

        Tally tally() {
            return new Tally(1, records, malformed, outside);
        }

        /** What is wrong with the only thing in a file that the user named is the error, said once. */
        void end() {
            if (source.chosen() && records + outside == 0) {
                if (held != null && malformed == 1) {
                    throw held;
                }
                reportHeld();
                throw new BadInputException(source.name(), "records", "no CloudTrail record in it could be used");
            }
            reportHeld();
        }

        /** Found out again, now that its place in the file is known. */
        private BadInputException why(Frame frame) {
            try {
                Event.of(frame, source.name());
                throw new IllegalStateException("could not be used, and now it can: " + frame.where(source.name()));
            } catch (BadInputException e) {
                return e;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
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
