package dev.backstop.core.memory;

import dev.backstop.core.Json;
import dev.backstop.core.contract.BucketsContract;
import dev.backstop.core.contract.DatabasesContract;
import dev.backstop.core.contract.FunctionsContract;
import dev.backstop.core.contract.TablesContract;
import dev.backstop.core.contract.WatchersContract;
import dev.backstop.core.port.Buckets;
import dev.backstop.core.port.Databases;
import dev.backstop.core.port.Functions;
import dev.backstop.core.port.Tables;
import dev.backstop.core.port.Watchers;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** The other services of the local AWS do what the ports promise. */
class LocalServicesTest {
    @Nested
    class DatabasesInMemory extends DatabasesContract {
        private final LocalDatabases databases = new LocalDatabases();

        @Override
        protected Databases databases() {
            return databases;
        }

        @Override
        protected void create(String id, Map<Databases.Setting, String> values, Map<String, String> tags) {
            databases.put(new Databases.Database(id, "available", values, Map.of(), false, tags));
        }

        @Override
        protected String resourceId(String id) {
            return LocalDatabases.resourceId(id);
        }

        @Override
        protected void snapshot(String id, String snapshotId) {
            databases.keep(id, new Databases.Backup("manual", snapshotId, "available"));
        }

        @Override
        protected void delete(String id) {
            databases.delete(id);
        }
    }

    @Nested
    class BucketsInMemory extends BucketsContract {
        private final LocalBuckets buckets = new LocalBuckets();

        @Override
        protected Buckets buckets() {
            return buckets;
        }

        @Override
        protected void create(String bucket) {
            buckets.create(bucket);
        }
    }

    @Nested
    class FunctionsInMemory extends FunctionsContract {
        private final LocalFunctions functions = new LocalFunctions();

        @Override
        protected Functions functions() {
            return functions;
        }

        @Override
        protected void create(String function) {
            functions.create(function);
        }

        @Override
        protected void permit(String function, String statementId) {
            String statement = Json.object()
                    .put("Sid", statementId)
                    .put("Effect", "Allow")
                    .put("Principal", "*")
                    .put("Action", "lambda:InvokeFunction")
                    .toString();
            functions.permit(new Functions.Place(function, null), statementId, statement);
        }

        @Override
        protected void createUrl(String function) {
            functions.createUrl(new Functions.Place(function, null), "NONE");
        }
    }

    @Nested
    class WatchersInMemory extends WatchersContract {
        private final LocalWatchers watchers = new LocalWatchers();

        @Override
        protected Watchers watchers() {
            return watchers;
        }

        @Override
        protected void create(Watchers.Kind kind, String name) {
            watchers.put(kind, name, false);
        }

        @Override
        protected void target(String rule, String id) {
            watchers.target(rule, Set.of(id));
        }
    }

    @Nested
    class TablesInMemory extends TablesContract {
        private final LocalTables tables = new LocalTables();

        @Override
        protected Tables tables() {
            return tables;
        }

        @Override
        protected void create(String table) {
            tables.create(table);
        }

        @Override
        protected String backUp(String table, String name) {
            String arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/" + table + "/backup/" + name;
            tables.keep(table, new Tables.Backup(arn, "USER"));
            return arn;
        }

        @Override
        protected void delete(String table) {
            tables.delete(table);
        }
    }
}
