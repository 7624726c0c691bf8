package dev.backstop.functions.sdk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.config.ConfigClient;
import software.amazon.awssdk.services.config.model.ChronologicalOrder;
import software.amazon.awssdk.services.config.model.ComplianceType;
import software.amazon.awssdk.services.config.model.ConfigurationItem;
import software.amazon.awssdk.services.config.model.Evaluation;

/** What a rule of AWS Config's that is a function asks of Config, and tells it. */
public record ConfigEvaluations(ConfigClient config) {
    /** The IAM actions that the methods need. */
    public static final Set<String> ACTIONS = Set.of("config:PutEvaluations", "config:GetResourceConfigHistory");

    /** The item that was too large for the event, in the event's own shape; empty where Config does not have it. */
    public Optional<ObjectNode> item(String type, String id, Instant capturedAt) {
        return config
                .getResourceConfigHistory(request -> request.resourceType(type)
                        .resourceId(id)
                        .laterTime(capturedAt)
                        .chronologicalOrder(ChronologicalOrder.REVERSE)
                        .limit(1))
                .configurationItems()
                .stream()
                .findFirst()
                .map(ConfigEvaluations::json);
    }

    /** Tells Config how a resource stands to the rule that asked. */
    public void put(String resultToken, String type, String id, Instant at, String compliance, String annotation) {
        Evaluation evaluation = Evaluation.builder()
                .complianceResourceType(type)
                .complianceResourceId(id)
                .complianceType(ComplianceType.fromValue(compliance))
                .annotation(annotation)
                .orderingTimestamp(at)
                .build();
        config.putEvaluations(request -> request.resultToken(resultToken).evaluations(evaluation));
    }

    private static ObjectNode json(ConfigurationItem item) {
        ObjectNode json = Json.object();
        json.put("resourceType", item.resourceTypeAsString());
        json.put("resourceId", item.resourceId());
        json.put("awsRegion", item.awsRegion());
        json.put("awsAccountId", item.accountId());
        json.put("configurationItemStatus", item.configurationItemStatusAsString());
        json.put("configuration", item.configuration());
        json.set("tags", Json.MAPPER.valueToTree(item.tags()));
        return json;
    }
}
