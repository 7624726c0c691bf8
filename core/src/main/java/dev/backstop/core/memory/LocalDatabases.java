package dev.backstop.core.memory;

import dev.backstop.core.port.Databases;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Database instances in memory; what is asked for at once is in effect at once, the rest waits for ever. */
public final class LocalDatabases implements Databases {
    private static final Set<Setting> WAITING = Set.of(Setting.CLASS, Setting.BACKUP_RETENTION);

    private final Map<String, Database> databases = new LinkedHashMap<>();
    private final Map<String, List<Backup>> backups = new HashMap<>();

    /** Adds a database, or replaces the one of that id. */
    public synchronized void put(Database database) {
        databases.put(database.id(), database);
    }

    /** Keeps something that a database can be restored from. */
    public synchronized void keep(String id, Backup backup) {
        backups.computeIfAbsent(id, _ -> new ArrayList<>()).add(backup);
    }

    /** Deletes, as an owner would; backups stay. */
    public synchronized void delete(String id) {
        databases.remove(id);
    }

    @Override
    public synchronized Optional<Database> find(String id) {
        return Optional.ofNullable(databases.get(id));
    }

    /** The id that a database's data has here. */
    public static String resourceId(String id) {
        return "db-" + id.toUpperCase(Locale.ROOT);
    }

    @Override
    public synchronized Optional<Database> withResourceId(String resourceId) {
        return databases.values().stream()
                .filter(database -> resourceId(database.id()).equals(resourceId))
                .findFirst();
    }

    @Override
    public synchronized void modify(String id, Map<Setting, String> values, boolean now) {
        Database database = there(id);
        Map<Setting, String> inEffect = new HashMap<>(database.values());
        Map<Setting, String> pending = new HashMap<>(database.pending());
        pending.putAll(values);
        Map.copyOf(pending).forEach((setting, value) -> {
            if (now || !WAITING.contains(setting)) {
                inEffect.put(setting, value);
                pending.remove(setting);
            }
        });
        boolean more = database.morePending() && !now;
        put(new Database(id, database.status(), inEffect, pending, more, database.tags()));
    }

    @Override
    public synchronized void awaitAvailable(String id) {
        there(id);
    }

    @Override
    public synchronized List<Backup> backups(String id) {
        return List.copyOf(backups.getOrDefault(id, List.of()));
    }

    private Database there(String id) {
        Database database = databases.get(id);
        if (database == null) {
            throw new LocalAwsException("DBInstanceNotFound", id + " does not exist");
        }
        return database;
    }
}
