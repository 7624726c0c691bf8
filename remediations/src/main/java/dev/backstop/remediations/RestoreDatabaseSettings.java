package dev.backstop.remediations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Remediation;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Databases.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives a database back the class, the reachability, the deletion protection and the backup retention that it had before
 * a <a href="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html">ModifyDBInstance</a>
 * call. The response still shows the previous value of what is not in effect at once; for the rest prior state is asked.
 */
final class RestoreDatabaseSettings implements Remediation {
    private static final String TYPE = "AWS::RDS::DBInstance";

    @Override
    public String id() {
        return "restore-database-settings";
    }

    @Override
    public Set<Resource> needs(Finding finding) {
        return Set.of(known(finding.record()));
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        CloudTrailRecord record = finding.record();
        if (!record.eventName().equals("ModifyDBInstance")) {
            return Texts.notUndone(record);
        }
        String id =
                Texts.first(record.request(), "dBInstanceIdentifier", "dbInstanceIdentifier", "DBInstanceIdentifier");
        PriorState before = prior.get(known(record));
        Resource database = new Resource(TYPE, id == null ? "unknown" : id, record.region(), record.account());
        List<Step<?>> steps = new ArrayList<>();
        boolean anyKnown = false;
        for (Setting setting : Setting.values()) {
            String chosen = value(record.request(), setting);
            String previous = chosen == null ? null : previous(record, setting, chosen, before);
            if (chosen != null && !chosen.equals(previous)) {
                steps.add(new RestoreDatabaseSetting(database, setting, chosen, previous));
                anyKnown |= previous != null;
            }
        }
        if (steps.isEmpty()) {
            return new Plan.Refused("the call left class, public access, deletion protection and backup retention of "
                    + database.id() + " as they were");
        }
        return anyKnown
                ? new Plan.Steps(steps)
                : new Plan.Refused("prior state unknown: neither the record nor AWS Config says what "
                        + String.join(" and ", words(record)) + " of " + database.id()
                        + " was before the call; AWS Config must record " + TYPE + " for this");
    }

    @Override
    public Set<Permission> permissions() {
        String database = "arn:${Partition}:rds:${Region}:${Account}:db:*";
        return Set.of(
                new Permission("rds:DescribeDBInstances", database), new Permission("rds:ModifyDBInstance", database));
    }

    /** AWS Config knows a database by the id of its data, which survives a new name. */
    private static Resource known(CloudTrailRecord record) {
        String id = Texts.first(record.response(), "dbiResourceId");
        String name =
                Texts.first(record.request(), "dBInstanceIdentifier", "dbInstanceIdentifier", "DBInstanceIdentifier");
        String found = id == null ? name : id;
        return new Resource(TYPE, found == null ? "unknown" : found, record.region(), record.account());
    }

    /** What the record shows of the time before the call, else what was recorded then; null where neither does. */
    private static @Nullable String previous(
            CloudTrailRecord record, Setting setting, String chosen, @Nullable PriorState before) {
        String shown = value(record.response(), setting);
        if (shown != null && !shown.equals(chosen)) {
            return shown;
        }
        return before == null ? null : value(before.configuration(), setting);
    }

    /** CloudTrail's spelling of the class and of the identifier is not certain, so all of them are read. */
    private static @Nullable String value(JsonNode node, Setting setting) {
        return setting == Setting.CLASS
                ? Texts.first(node, "dBInstanceClass", "dbInstanceClass", "DBInstanceClass")
                : Json.text(node, setting.field());
    }

    private static List<String> words(CloudTrailRecord record) {
        return Stream.of(Setting.values())
                .filter(setting -> value(record.request(), setting) != null)
                .map(Setting::words)
                .toList();
    }
}
