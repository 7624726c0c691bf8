package dev.backstop.functions.sdk;

import static dev.backstop.functions.sdk.BackstopTable.attribute;
import static dev.backstop.functions.sdk.BackstopTable.key;
import static dev.backstop.functions.sdk.BackstopTable.text;

import dev.backstop.core.Json;
import dev.backstop.core.Resource;
import dev.backstop.core.baseline.Approval;
import dev.backstop.core.port.Approvals;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The approvals in the table: {@code APPROVED}/{@code account/region/type/id}, without a time to live. */
public record DynamoApprovals(BackstopTable table) implements Approvals {
    /** The IAM actions that the methods need. */
    public static final Set<String> ACTIONS =
            Set.of("dynamodb:PutItem", "dynamodb:GetItem", "dynamodb:Query", "dynamodb:DeleteItem");

    /** Those that looking needs. */
    public static final Set<String> READ_ACTIONS = Set.of("dynamodb:GetItem", "dynamodb:Query");

    private static final String APPROVED = "APPROVED";
    private static final String WHERE = "approval in the table";

    @Override
    public void keep(Approval approval) {
        Map<String, AttributeValue> item =
                new HashMap<>(key(APPROVED, approval.resource().key()));
        item.put("approval", text(Json.write(approval.toJson())));
        table.client().putItem(request -> request.tableName(table.name()).item(item));
    }

    @Override
    public Optional<Approval> of(Resource resource) {
        Map<String, AttributeValue> item = table.client()
                .getItem(request -> request.tableName(table.name())
                        .key(key(APPROVED, resource.key()))
                        .consistentRead(true))
                .item();
        return item.isEmpty() ? Optional.empty() : Optional.of(approval(item));
    }

    @Override
    public List<Approval> all() {
        return table.query(APPROVED).stream().map(DynamoApprovals::approval).toList();
    }

    @Override
    public void withdraw(Resource resource) {
        table.client().deleteItem(request -> request.tableName(table.name()).key(key(APPROVED, resource.key())));
    }

    private static Approval approval(Map<String, AttributeValue> item) {
        return Approval.of(Json.read(attribute(item, "approval").s()), WHERE);
    }
}
