package dev.backstop.functions.line;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Command;
import dev.backstop.core.Detection;
import dev.backstop.core.Json;
import dev.backstop.core.Resource;
import dev.backstop.core.Rule;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.CallHistory;
import dev.backstop.core.port.Databases.Database;
import dev.backstop.core.port.Databases.Setting;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A database that can be reached from the internet: the call that made it so last is undone where an agent's session made
 * it, else it is told with the command.
 */
record PublicDatabases(Function<String, Aws> regions, CallHistory calls, AgentSelector agents, InstantSource clock) {
    /** @param data by the id that AWS Config has; none where it cannot be reached any more */
    Optional<Detection> of(Rule rule, Resource data, String id) {
        return regions.apply(data.region())
                .databases()
                .withResourceId(data.id())
                .filter(one -> "true".equals(one.values().get(Setting.PUBLICLY_ACCESSIBLE)))
                .map(one -> found(rule, named(data, one), id));
    }

    private Detection found(Rule rule, Resource database, String id) {
        Optional<CloudTrailRecord> call = calls.last(
                database.id(),
                clock.instant().minus(Violations.FOUND_WITHIN),
                one -> one.eventName().equals("ModifyDBInstance")
                        && one.request()
                                .path(Setting.PUBLICLY_ACCESSIBLE.field())
                                .asBoolean());
        if (call.filter(one -> agents.selects(one.caller())).isPresent()) {
            return new Detection(
                    DriftRules.undone(
                            rule,
                            "restore-database-settings",
                            database.type(),
                            "requestParameters.dBInstanceIdentifier"),
                    call.get());
        }
        String who = call.map(
                        one -> "No agent's session made the last call that made it so (at " + one.eventTime() + ")")
                .orElse("No recorded call says who made it so");
        String command = Command.line(
                "aws",
                "rds",
                "modify-db-instance",
                "--region",
                database.region(),
                "--db-instance-identifier",
                database.id(),
                "--no-publicly-accessible");
        return new Detection(
                rule.because(
                        who + ", so it is left as it is. If it is not to be reachable from the internet: " + command),
                DriftRecords.drift(
                        id,
                        clock.instant(),
                        database,
                        call.map(one -> one.json().path("userIdentity")).orElseGet(Json::object),
                        List.of(),
                        List.of()));
    }

    private static Resource named(Resource data, Database database) {
        return new Resource(data.type(), database.id(), data.region(), data.account());
    }
}
