package dev.backstop.core.memory;

import dev.backstop.core.port.Tables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** DynamoDB tables in memory. */
public final class LocalTables implements Tables {
    private final Set<String> tables = new HashSet<>();
    private final Map<String, List<Backup>> backups = new HashMap<>();

    /** Creates an empty table. */
    public synchronized void create(String table) {
        tables.add(table);
    }

    /** Deletes, as an agent would; backups stay. */
    public synchronized void delete(String table) {
        tables.remove(table);
    }

    /** Keeps a backup. */
    public synchronized void keep(String table, Backup backup) {
        backups.computeIfAbsent(table, _ -> new ArrayList<>()).add(backup);
    }

    @Override
    public synchronized boolean exists(String table) {
        return tables.contains(table);
    }

    @Override
    public synchronized List<Backup> backups(String table) {
        return List.copyOf(backups.getOrDefault(table, List.of()));
    }
}
