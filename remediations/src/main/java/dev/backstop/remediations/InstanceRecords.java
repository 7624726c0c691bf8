package dev.backstop.remediations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Json;
import dev.backstop.core.PriorState;
import dev.backstop.core.Resource;
import java.util.Map;
import java.util.Optional;

/** What records of instance calls have in common. */
final class InstanceRecords {
    private InstanceRecords() {}

    static Resource instance(CloudTrailRecord record, String id) {
        return new Resource("AWS::EC2::Instance", id, record.region(), record.account());
    }

    static Resource networkInterface(CloudTrailRecord record, String id) {
        return new Resource("AWS::EC2::NetworkInterface", id, record.region(), record.account());
    }

    /** The instance that a request about one names. */
    static Optional<Resource> instance(CloudTrailRecord record) {
        return Optional.ofNullable(Json.text(record.request(), "instanceId")).map(id -> instance(record, id));
    }

    /** What a resource was; a missing node where nothing is known. */
    static JsonNode former(Resource resource, Map<Resource, PriorState> prior) {
        PriorState known = prior.get(resource);
        return known == null ? Json.MAPPER.missingNode() : known.configuration();
    }

    static String gone(Resource resource) {
        return "the instance " + resource.id() + " is gone";
    }
}
