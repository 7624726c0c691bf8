package dev.backstop.functions.sdk;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Json;
import dev.backstop.core.port.CallHistory;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
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

    /** Of a resource that is called about so often, what is older is not read. */
    private static final int MOST = 200;

    @Override
    public List<CloudTrailRecord> about(String name, Instant since) {
        LookupAttribute resource = LookupAttribute.builder()
                .attributeKey(LookupAttributeKey.RESOURCE_NAME)
                .attributeValue(name)
                .build();
        return cloudTrail
                .lookupEventsPaginator(
                        request -> request.lookupAttributes(resource).startTime(since))
                .events()
                .stream()
                .limit(MOST)
                .filter(event -> !"true".equals(event.readOnly()))
                .map(event -> CloudTrailRecord.of(Json.read(event.cloudTrailEvent()), "event " + event.eventId()))
                .filter(call -> call.errorCode() == null)
                .sorted(Comparator.comparing(CloudTrailRecord::eventTime).reversed())
                .toList();
    }
}
