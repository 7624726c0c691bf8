package dev.backstop.functions.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import dev.backstop.core.PriorState;
import dev.backstop.core.Resource;
import dev.backstop.core.port.History;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.config.ConfigClient;
import software.amazon.awssdk.services.config.model.ChronologicalOrder;
import software.amazon.awssdk.services.config.model.ConfigurationItem;
import software.amazon.awssdk.services.config.model.ConfigurationItemStatus;
import software.amazon.awssdk.services.config.model.GetResourceConfigHistoryResponse;
import software.amazon.awssdk.services.config.model.NoAvailableConfigurationRecorderException;
import software.amazon.awssdk.services.config.model.ResourceIdentifier;
import software.amazon.awssdk.services.config.model.ResourceNotDiscoveredException;

/**
 * What AWS Config recorded; see <a
 * href="https://docs.aws.amazon.com/config/latest/APIReference/API_GetResourceConfigHistory.html">
 * GetResourceConfigHistory</a>.
 */
public record ConfigHistory(ConfigClient config) implements History {
    /** The IAM actions that the methods need. */
    public static final Set<String> ACTIONS =
            Set.of("config:GetResourceConfigHistory", "config:ListDiscoveredResources");

    /** Config knows these by ids of their own, while records and people know them by name. */
    private static final Set<String> NAMED =
            Set.of("AWS::CloudTrail::Trail", "AWS::IAM::Role", "AWS::IAM::User", "AWS::RDS::DBInstance");

    private static final Set<ConfigurationItemStatus> THERE =
            Set.of(ConfigurationItemStatus.OK, ConfigurationItemStatus.RESOURCE_DISCOVERED);

    /** A page covers at most seven days and may be empty: this goes back a year. */
    private static final int MOST_PAGES = 53;

    /**
     * What Config recorded in each resource's own Region; of IAM, which is in none, what it recorded in the clients' Region,
     * wherever the call was recorded.
     */
    public static History everywhere(SdkClients clients) {
        return (resource, instant) -> {
            boolean anywhere = resource.type().startsWith("AWS::IAM::");
            SdkClients there = anywhere ? clients : clients.in(resource.region());
            return new ConfigHistory(there.config()).before(resource, instant);
        };
    }

    @Override
    public Optional<PriorState> before(Resource resource, Instant instant) {
        return itemBefore(resource, resource.id(), instant)
                .or(() -> idsOf(resource).stream()
                        .flatMap(id -> itemBefore(resource, id, instant).stream())
                        .max(Comparator.comparing(ConfigurationItem::configurationItemCaptureTime)))
                .filter(item -> THERE.contains(item.configurationItemStatus()) && item.configuration() != null)
                .map(item -> new PriorState(configuration(item), item.configurationItemCaptureTime(), "config"));
    }

    private Optional<ConfigurationItem> itemBefore(Resource resource, String id, Instant instant) {
        try {
            return newest(resource.type(), id, instant);
        } catch (NoAvailableConfigurationRecorderException | ResourceNotDiscoveredException _) {
            return Optional.empty();
        }
    }

    /** The ids under which Config knows what has this name, or had it and was deleted. */
    private List<String> idsOf(Resource resource) {
        if (!NAMED.contains(resource.type())) {
            return List.of();
        }
        try {
            return config
                    .listDiscoveredResourcesPaginator(request -> request.resourceType(resource.type())
                            .resourceName(resource.id())
                            .includeDeletedResources(true))
                    .resourceIdentifiers()
                    .stream()
                    .map(ResourceIdentifier::resourceId)
                    .toList();
        } catch (NoAvailableConfigurationRecorderException _) {
            return List.of();
        }
    }

    /** With the item's supplementary configuration under that name, where policies and access lists stand. */
    private static JsonNode configuration(ConfigurationItem item) {
        JsonNode configuration = Json.read(item.configuration());
        if (configuration instanceof ObjectNode object
                && !item.supplementaryConfiguration().isEmpty()) {
            ObjectNode supplementary = object.putObject("supplementaryConfiguration");
            item.supplementaryConfiguration().forEach((name, text) -> supplementary.set(name, parsed(text)));
        }
        return configuration;
    }

    /** Some of it is JSON in a JSON string. */
    private static JsonNode parsed(String text) {
        JsonNode once = Json.read(text);
        return once.isTextual() && once.asText().startsWith("{") ? Json.read(once.asText()) : once;
    }

    /** The newest item before the instant, of whatever status. */
    private Optional<ConfigurationItem> newest(String type, String id, Instant instant) {
        String token = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            GetResourceConfigHistoryResponse response = page(type, id, instant, token);
            // Checked here too, since once Config has recorded the change its newest item already holds it.
            Optional<ConfigurationItem> found = response.configurationItems().stream()
                    .filter(item -> item.configurationItemCaptureTime().isBefore(instant))
                    .findFirst();
            token = response.nextToken();
            if (found.isPresent() || token == null) {
                return found;
            }
        }
        return Optional.empty();
    }

    private GetResourceConfigHistoryResponse page(String type, String id, Instant instant, @Nullable String token) {
        return config.getResourceConfigHistory(request -> request.resourceType(type)
                .resourceId(id)
                .laterTime(instant.minusMillis(1))
                .chronologicalOrder(ChronologicalOrder.REVERSE)
                .nextToken(token));
    }
}
