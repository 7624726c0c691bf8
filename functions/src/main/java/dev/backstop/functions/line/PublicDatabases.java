package dev.backstop.functions.line;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Command;
import dev.backstop.core.Detection;
import dev.backstop.core.Json;
import dev.backstop.core.Resource;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Databases.Database;
import dev.backstop.core.port.Databases.Setting;
import java.util.Optional;
import java.util.function.Function;

/**
 * A database that can be reached from the internet: the call that made it so last is undone where an agent's session made
 * it, else it is told with the command.
 */
record PublicDatabases(Function<String, Aws> regions, LastCall last) {
    /** By the id that AWS Config has; none where it cannot be reached any more. */
    Optional<Detection> of(Violation broken) {
        return regions.apply(broken.resource().region())
                .databases()
                .withResourceId(broken.resource().id())
                .filter(one -> "true".equals(one.values().get(Setting.PUBLICLY_ACCESSIBLE)))
                .map(one -> found(broken, named(broken.resource(), one)));
    }

    private Detection found(Violation broken, Resource database) {
        return last.of(
                broken,
                database,
                PublicDatabases::isOpening,
                DriftRules.undone(
                        broken.rule(),
                        "restore-database-settings",
                        database.type(),
                        "requestParameters.dBInstanceIdentifier"),
                DriftRecords.call("config.amazonaws.com", "Drift", Json.object().put("resourceId", database.id())),
                Command.line(
                        "aws",
                        "rds",
                        "modify-db-instance",
                        "--region",
                        database.region(),
                        "--db-instance-identifier",
                        database.id(),
                        "--no-publicly-accessible"));
    }

    private static boolean isOpening(CloudTrailRecord call) {
        return call.eventName().equals("ModifyDBInstance")
                && call.request().path(Setting.PUBLICLY_ACCESSIBLE.field()).asBoolean();
    }

    private static Resource named(Resource data, Database database) {
        return new Resource(data.type(), database.id(), data.region(), data.account());
    }
}
