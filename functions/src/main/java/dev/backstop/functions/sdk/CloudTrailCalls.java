package dev.backstop.functions.sdk;

import dev.backstop.core.BadInputException;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Json;
import dev.backstop.core.port.CallHistory;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.Event;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttribute;
import software.amazon.awssdk.services.cloudtrail.model.LookupAttributeKey;

/**
 * The event history of one Region over <a
 * href="https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html">LookupEvents</a>, which takes
 * two requests a second of a whole account: for what is rare.
 */
public record CloudTrailCalls(CloudTrailClient cloudTrail) implements CallHistory {
    /** The IAM actions that the method needs; none of them knows a resource. */
    public static final Set<String> ACTIONS = Set.of("cloudtrail:LookupEvents");

    /** At fifty events each: of a resource that is called about so often, what is older is not read. */
    private static final int MOST_PAGES = 40;

    /** They come newest first, reads among them: only one attribute can be asked for at a time. */
    @Override
    public Optional<CloudTrailRecord> last(String name, Instant since, Predicate<CloudTrailRecord> which) {
        LookupAttribute resource = LookupAttribute.builder()
                .attributeKey(LookupAttributeKey.RESOURCE_NAME)
                .attributeValue(name)
                .build();
        return cloudTrail
                .lookupEventsPaginator(
                        request -> request.lookupAttributes(resource).startTime(since))
                .stream()
                .limit(MOST_PAGES)
                .flatMap(page -> page.events().stream())
                .filter(event -> !"true".equals(event.readOnly()))
                .flatMap(event -> record(event).stream())
                .filter(call -> call.errorCode() == null)
                .filter(which)
                .findFirst();
    }

    /** None where it cannot be read: one that nothing can be made of must not hide the others. */
    private static Optional<CloudTrailRecord> record(Event event) {
        try {
            return Optional.of(CloudTrailRecord.of(Json.read(event.cloudTrailEvent()), "event " + event.eventId()));
        } catch (BadInputException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
