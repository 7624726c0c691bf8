package dev.backstop.core;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A thing in an account, by one of the names that calls know it under; the calls that certainly create one, and those that
 * do away with it, stand in {@link Things}.
 *
 * @param key account, Region, kind and name, so that nothing is taken for its namesake
 */
public record Thing(String key) {
    /** How much earlier than the call a thing may have come into being that the call created. */
    private static final Duration JUST_NOW = Duration.ofMinutes(2);

    private static final String NOT_THAT_ONE = "us-east-1";

    /** {@code Nov 20, 2026, 1:00:22 PM}. */
    private static final DateTimeFormatter AS_IN_CONSOLES = DateTimeFormatter.ofPattern(
                    "MMM d, yyyy, h:mm:ss a", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /**
     * What a call created, under each of its names; empty where the call could have met something that was there already,
     * and where it failed.
     */
    public static Set<Thing> createdBy(CloudTrailRecord record) {
        return record.errorCode() == null
                ? Things.created(record.call()).stream()
                        .filter(way -> certain(way, record))
                        .flatMap(way -> names(way, record).stream())
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    /** Whether a call, by its names alone, may create something that {@link #createdBy} knows. */
    public static boolean mayCreate(String eventSource, String eventName) {
        return !Things.created(CloudTrailRecord.call(eventSource, eventName)).isEmpty();
    }

    /**
     * What a call does away with: a list for every way of naming it; each list names all that the call is about. Empty for
     * a call that does away with nothing that Backstop could recognise as created.
     */
    public static List<Set<Thing>> removedBy(CloudTrailRecord record) {
        return Things.removed(record.call()).stream()
                .map(way -> names(way, record))
                .filter(names -> !names.isEmpty())
                .toList();
    }

    /** Whether all of some things had been created by a moment, within the life of a session; others may bear its id later. */
    public static boolean allMade(Set<Thing> things, Map<Thing, Instant> made, Instant moment) {
        Instant earliest = moment.minus(AgentSession.LONGEST);
        return things.stream()
                .map(made::get)
                .allMatch(at -> at != null && !at.isAfter(moment) && !at.isBefore(earliest));
    }

    /** Some calls answer as if they had created what was there before; what else the record says must tell the two apart. */
    private static boolean certain(Things.Way way, CloudTrailRecord record) {
        return switch (way.proof()) {
            case CALL -> true;
            // https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html: there, 200 for one's own bucket.
            case NOT_IN_US_EAST_1 -> !record.region().equals(NOT_THAT_ONE);
            case FIRST_VERSION -> Json.values(record.json(), way.evidence()).equals(List.of("1"));
            case NEW_STACK -> Json.values(record.json(), way.evidence()).equals(List.of("CREATE"));
            case EMPTY ->
                Arrays.stream(way.evidence().split("\\+"))
                        .flatMap(path -> Json.values(record.json(), path).stream())
                        .allMatch("0"::equals);
            case JUST_CREATED -> {
                List<String> times = Json.values(record.json(), way.evidence());
                yield !times.isEmpty() && times.stream().allMatch(time -> isJustNow(time, record.eventTime()));
            }
        };
    }

    private static boolean isJustNow(String time, Instant called) {
        return instants(time).stream().anyMatch(at -> !at.isBefore(called.minus(JUST_NOW)));
    }

    /** CloudTrail writes the times of responses in two ways; one in a third way proves nothing. */
    private static List<Instant> instants(String time) {
        return Stream.of(DateTimeFormatter.ISO_INSTANT, AS_IN_CONSOLES)
                .flatMap(form -> {
                    try {
                        return Stream.of(form.parse(time, Instant::from));
                    } catch (DateTimeParseException _) {
                        return Stream.empty();
                    }
                })
                .toList();
    }

    private static Set<Thing> names(Things.Way way, CloudTrailRecord record) {
        List<List<String>> parts = Arrays.stream(way.path().split("\\+"))
                .map(path -> Json.values(record.json(), path))
                .toList();
        if (parts.stream().anyMatch(List::isEmpty)) {
            return Set.of();
        }
        List<String> names = parts.size() == 1
                ? parts.getFirst()
                : List.of(parts.stream().map(List::getFirst).map(Thing::tail).collect(Collectors.joining("/")));
        String place = record.account() + "/" + record.region() + "/" + way.kind() + "/";
        return names.stream()
                .map(name -> new Thing(place + plain(name, way.kind())))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What services write in more than one way: RDS takes names in any case, Route 53 ids with and without their path. */
    private static String plain(String name, String kind) {
        String bare = name.startsWith("/hostedzone/") ? name.substring("/hostedzone/".length()) : name;
        if (kind.equals("load-balancer")) {
            return name.replaceFirst(":listener/(.*)/[^/]+$", ":loadbalancer/$1");
        }
        if (kind.equals("cluster") || kind.equals("task-definition")) {
            return tail(name);
        }
        return kind.startsWith("db-") ? bare.toLowerCase(Locale.ROOT) : bare;
    }

    /** A cluster is named by its ARN in one call and by its name in the next. */
    private static String tail(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
