package dev.backstop.cli.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.backstop.cli.input.Sifted.Item;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Looks through one part: at most records only at a glance. What a glance finds nothing wrong with is a record, so that
 * those which are left out count like those which are read.
 *
 * @param <T> what the work makes of an event
 */
final class Sifter<T> {
    private final Sieve sieve;
    private final Period period;
    private final Function<Event, Optional<T>> work;
    private final Glance glance;
    private final List<Item<T>> items = new ArrayList<>();
    private long objects;
    private long records;
    private long outside;

    Sifter(Callers agents, Sieve sieve, Period period, Function<Event, Optional<T>> work) {
        this.glance = new Glance(agents);
        this.sieve = sieve;
        this.period = period;
        this.work = work;
    }

    Sifted<T> sift(Part part) {
        try {
            return switch (part) {
                case Part.Cut(List<Frame> frames) -> {
                    for (Frame frame : frames) {
                        take(frame);
                    }
                    yield sifted(0, 0);
                }
                case Part.Text text -> {
                    if (!run(text)) {
                        items.clear();
                        objects = 0;
                        records = 0;
                        outside = 0;
                        cut(text);
                    }
                    yield sifted(objects, text.lines());
                }
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Sifted<T> sifted(long further, long lines) {
        return new Sifted<>(records, outside, items, further, lines);
    }

    /** One parser over the whole of it; false as soon as something is not as in nearly every file. */
    private boolean run(Part.Text text) throws IOException {
        int counted = 0;
        long line = 1;
        try (JsonParser parser = Json.MAPPER.getFactory().createParser(text.bytes(), 0, text.length())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token != JsonToken.START_OBJECT) {
                    return false;
                }
                int start = (int) parser.currentTokenLocation().getByteOffset();
                glance.read(parser);
                int end = (int) parser.currentLocation().getByteOffset();
                objects++;
                if (!isDone(end - start)) {
                    for (; counted < start; counted++) {
                        line += text.bytes()[counted] == '\n' ? 1 : 0;
                    }
                    read(new Frame(objects, line, Arrays.copyOfRange(text.bytes(), start, end), null));
                }
            }
            return true;
        } catch (JsonProcessingException _) {
            return false;
        }
    }

    private void cut(Part.Text text) throws IOException {
        Frames frames = new Frames(new ByteArrayInputStream(text.bytes(), 0, text.length()), text.oneALine());
        for (Frame frame = frames.next(); frame != null; frame = frames.next()) {
            take(frame);
        }
    }

    private void take(Frame frame) throws IOException {
        objects++;
        if (frame.fault() != null) {
            items.add(new Item.Unusable<>(frame));
            return;
        }
        boolean done = false;
        try (JsonParser parser = Json.MAPPER.getFactory().createParser(frame.bytes())) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                glance.read(parser);
                done = isDone(frame.bytes().length);
            }
        } catch (JsonProcessingException _) {
            // Read in full, it will say what is wrong with it.
        }
        if (!done) {
            read(frame);
        }
    }

    /** Whether the glance was enough. */
    private boolean isDone(int size) {
        if (!glance.isPlain() || size > Event.DELIVERED) {
            return false;
        }
        boolean inside = period.holds(glance.second());
        boolean done = !inside || !sieve.keeps(glance);
        records += done && inside ? 1 : 0;
        outside += inside ? 0 : 1;
        return done;
    }

    private void read(Frame frame) throws IOException {
        Event event;
        try {
            event = Event.of(frame, "");
        } catch (BadInputException _) {
            items.add(new Item.Unusable<>(frame));
            return;
        }
        if (!period.holds(event.record().eventTime().getEpochSecond())) {
            outside++;
            return;
        }
        records++;
        work.apply(event).ifPresent(made -> items.add(new Item.Made<>(made)));
    }
}
