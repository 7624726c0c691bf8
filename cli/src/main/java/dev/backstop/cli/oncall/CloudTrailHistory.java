package dev.backstop.cli.oncall;

import dev.backstop.cli.account.Refusal;
import dev.backstop.core.BadInputException;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Json;
import dev.backstop.functions.line.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsRequest;
import software.amazon.awssdk.services.cloudtrail.model.LookupEventsResponse;

/**
 * The event history of some Regions over <a
 * href="https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html">LookupEvents</a>, which takes
 * two requests a second and Region: what was asked before is remembered, and a run asks only so often.
 */
final class CloudTrailHistory implements EventHistory {
    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(500);

    /** Half a minute; nobody waits longer at night. */
    private static final int MOST_REQUESTS = 60;

    private static final int PAGE = 50;

    private final List<String> regions;
    private final Function<String, CloudTrailClient> clients;
    private final Map<String, CloudTrailClient> built = new HashMap<>();
    private final InstantSource clock;
    private final Pause pause;
    private final Consumer<String> notes;
    private final Map<Asked, List<CloudTrailRecord>> known = new HashMap<>();
    private final Map<String, Instant> turns = new HashMap<>();
    private int requests;
    private boolean exhausted;

    CloudTrailHistory(
            List<String> regions,
            Function<String, CloudTrailClient> clients,
            InstantSource clock,
            Pause pause,
            Consumer<String> notes) {
        this.regions = new ArrayList<>(regions);
        this.clients = clients;
        this.clock = clock;
        this.pause = pause;
        this.notes = notes;
    }

    @Override
    public List<CloudTrailRecord> find(By attribute, String value, Instant since) {
        return known.computeIfAbsent(new Asked(attribute, value, since), this::look);
    }

    private List<CloudTrailRecord> look(Asked asked) {
        List<CloudTrailRecord> found = new ArrayList<>();
        for (String region : List.copyOf(regions)) {
            try {
                look(asked, region, found);
            } catch (SdkException e) {
                regions.remove(region);
                notes.accept("CloudTrail's event history of " + region + " cannot be read, and is done without: "
                        + Refusal.of(e));
            }
        }
        return found.stream()
                .sorted(Comparator.comparing(CloudTrailRecord::eventTime).reversed())
                .toList();
    }

    private void look(Asked asked, String region, List<CloudTrailRecord> found) {
        CloudTrailClient client = built.computeIfAbsent(region, clients);
        String token = null;
        do {
            if (exhausted()) {
                return;
            }
            waitForTurn(region);
            LookupEventsResponse page = client.lookupEvents(asked.request(token));
            page.events().forEach(event -> read(event, found));
            token = page.nextToken();
        } while (token != null);
    }

    private void waitForTurn(String region) {
        Instant now = clock.instant();
        Instant turn = turns.getOrDefault(region, now);
        if (turn.isAfter(now)) {
            pause.of(Duration.between(now, turn));
        }
        turns.put(region, (turn.isAfter(now) ? turn : now).plus(BETWEEN_REQUESTS));
    }

    private boolean exhausted() {
        requests++;
        if (requests > MOST_REQUESTS && !exhausted) {
            exhausted = true;
            notes.accept("CloudTrail's event history is longer than " + MOST_REQUESTS
                    + " requests can read: the oldest of it is left out");
        }
        return exhausted;
    }

    /** One event that cannot be read must not hide the others. */
    private void read(Event event, List<CloudTrailRecord> found) {
        try {
            found.add(CloudTrailRecord.of(Json.read(event.cloudTrailEvent()), "event " + event.eventId()));
        } catch (BadInputException | IllegalArgumentException e) {
            notes.accept("an event of CloudTrail's history is left out: " + e.getMessage());
        }
    }

    private record Asked(By attribute, String value, Instant since) {
        LookupEventsRequest request(@Nullable String token) {
            LookupAttributeKey key =
                    switch (attribute) {
                        case ACCESS_KEY_ID -> LookupAttributeKey.ACCESS_KEY_ID;
                        case USERNAME -> LookupAttributeKey.USERNAME;
                        case RESOURCE_NAME -> LookupAttributeKey.RESOURCE_NAME;
                    };
            return LookupEventsRequest.builder()
                    .lookupAttributes(LookupAttribute.builder()
                            .attributeKey(key)
                            .attributeValue(value)
                            .build())
                    .startTime(since)
                    .maxResults(PAGE)
                    .nextToken(token)
                    .build();
        }
    }
}
