package dev.backstop.functions.sdk;

import dev.backstop.core.Json;
import dev.backstop.core.PriorState;
import dev.backstop.core.Resource;
import dev.backstop.core.port.History;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.config.ConfigClient;
import software.amazon.awssdk.services.config.model.ChronologicalOrder;
import software.amazon.awssdk.services.config.model.ConfigurationItem;
import software.amazon.awssdk.services.config.model.ConfigurationItemStatus;
import software.amazon.awssdk.services.config.model.GetResourceConfigHistoryResponse;
import software.amazon.awssdk.services.config.model.NoAvailableConfigurationRecorderException;
import software.amazon.awssdk.services.config.model.ResourceNotDiscoveredException;

/**
 * What AWS Config recorded; see <a
 * href="https://docs.aws.amazon.com/config/latest/APIReference/API_GetResourceConfigHistory.html">
 * GetResourceConfigHistory</a>.
 */
public record ConfigHistory(ConfigClient config) implements History {
    /** The IAM actions that the methods need. */
    public static final Set<String> ACTIONS = Set.of("config:GetResourceConfigHistory");

    private static final Set<ConfigurationItemStatus> THERE =
            Set.of(ConfigurationItemStatus.OK, ConfigurationItemStatus.RESOURCE_DISCOVERED);

    /** A page covers at most seven days and may be empty: this goes back a year. */
    private static final int MOST_PAGES = 53;

    @Override
    public Optional<PriorState> before(Resource resource, Instant instant) {
        try {
            return newest(resource, instant)
                    .filter(item -> THERE.contains(item.configurationItemStatus()) && item.configuration() != null)
                    .map(item -> new PriorState(
                            Json.read(item.configuration()), item.configurationItemCaptureTime(), "config"));
        } catch (NoAvailableConfigurationRecorderException | ResourceNotDiscoveredException _) {
            return Optional.empty();
        }
    }

    /** The newest item before the instant, of whatever status. */
    private Optional<ConfigurationItem> newest(Resource resource, Instant instant) {
        String token = null;
        for (int page = 0; page < MOST_PAGES; page++) {
            GetResourceConfigHistoryResponse response = page(resource, instant, token);
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

    private GetResourceConfigHistoryResponse page(Resource resource, Instant instant, @Nullable String token) {
        return config.getResourceConfigHistory(request -> request.resourceType(resource.type())
                .resourceId(resource.id())
                .laterTime(instant.minusMillis(1))
                .chronologicalOrder(ChronologicalOrder.REVERSE)
                .nextToken(token));
    }
}
