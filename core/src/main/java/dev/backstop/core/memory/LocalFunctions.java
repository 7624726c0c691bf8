package dev.backstop.core.memory;

import dev.backstop.core.port.Functions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lambda functions in memory. */
public final class LocalFunctions implements Functions {
    private final Map<String, List<String>> versions = new HashMap<>();
    private final Map<String, String> statements = new HashMap<>();
    private final Map<Place, String> urls = new HashMap<>();

    /** Creates a function that nobody else may call. */
    public synchronized void create(String function) {
        versions.put(function, List.of("$LATEST"));
    }

    /** Deletes, as an agent would, with everything that hangs on it. */
    public synchronized void delete(String function) {
        versions.remove(function);
        statements.keySet().removeIf(key -> key.startsWith(function + "#") || key.startsWith(function + ":"));
        urls.keySet().removeIf(place -> place.function().equals(function));
    }

    /** Lets somebody call, as AddPermission does. */
    public synchronized void permit(Place place, String statementId, String statement) {
        statements.put(key(place, statementId), statement);
    }

    /** Makes a URL. */
    public synchronized void createUrl(Place place, String authType) {
        urls.put(place, authType);
    }

    @Override
    public synchronized Optional<String> statement(Place place, String statementId) {
        return Optional.ofNullable(statements.get(key(place, statementId)));
    }

    @Override
    public synchronized void removePermission(Place place, String statementId) {
        there(statements.remove(key(place, statementId)) != null, statementId);
    }

    @Override
    public synchronized Optional<String> urlAuth(Place place) {
        return Optional.ofNullable(urls.get(place));
    }

    @Override
    public synchronized void setUrlAuth(Place place, String authType) {
        there(urls.replace(place, authType) != null, place.words());
    }

    @Override
    public synchronized void deleteUrl(Place place) {
        urls.remove(place);
    }

    @Override
    public synchronized List<String> versions(String function) {
        return versions.getOrDefault(function, List.of());
    }

    private static void there(boolean was, String what) {
        if (!was) {
            throw new LocalAwsException("ResourceNotFoundException", what + " does not exist");
        }
    }

    private static String key(Place place, String statementId) {
        return place.words() + "#" + statementId;
    }
}
