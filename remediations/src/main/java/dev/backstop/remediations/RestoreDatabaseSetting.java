package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Databases.Database;
import dev.backstop.core.port.Databases.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives one setting of a database its previous value, interrupting the database only where its tag {@code
 * backstop:restart} says {@code allowed}. What still waits for the maintenance window is taken back without interruption.
 *
 * @param resource with the database's identifier
 * @param from the value that the call chose
 * @param to the value before the call; null where it is not known
 */
record RestoreDatabaseSetting(
        Resource resource,
        Setting setting,
        String from,
        @Nullable String to) implements Step<Optional<Database>> {
    private static final String RESTART_TAG = "backstop:restart";

    @Override
    public String action() {
        return "rds:ModifyDBInstance";
    }

    @Override
    public String summary() {
        return "change " + setting.words() + " of " + resource.id() + " from " + from + " back"
                + (to == null ? "" : " to " + to);
    }

    @Override
    public String command() {
        return Command.line(
                        "aws",
                        "rds",
                        "modify-db-instance",
                        "--region",
                        resource.region(),
                        "--db-instance-identifier",
                        resource.id())
                + " " + option() + (interrupts() ? " --apply-immediately" : "");
    }

    @Override
    public Optional<Database> read(Aws aws) {
        return aws.databases().find(resource.id());
    }

    @Override
    public Comparison compare(Optional<Database> live) {
        if (live.isEmpty() || live.get().status().equals("deleting")) {
            return new Comparison.NothingLeft("the database is gone");
        }
        String value = coming(live.get());
        if (value.equals(to)) {
            return new Comparison.NothingLeft(setting.words() + " is " + to + " again");
        }
        if (!value.equals(from)) {
            return new Comparison.MustNot("somebody changed " + setting.words() + " to " + value + " since");
        }
        if (to == null) {
            return new Comparison.MustNot("prior state unknown: the record does not say what " + setting.words()
                    + " was before the call, and AWS Config has no AWS::RDS::DBInstance from before it");
        }
        return interrupts() ? whetherNow(live.get()) : new Comparison.AsExpected();
    }

    /** Taking it back at once is the only way to take it back, and does everything else that waits as well. */
    private Comparison whetherNow(Database live) {
        boolean othersWait =
                live.morePending() || live.pending().keySet().stream().anyMatch(other -> other != setting);
        if (othersWait) {
            return new Comparison.MustNot("other changes wait for the maintenance window, and RDS would make them now");
        }
        boolean onlyWaits = String.valueOf(live.values().get(setting)).equals(to);
        return onlyWaits || "allowed".equals(live.tags().get(RESTART_TAG))
                ? new Comparison.AsExpected()
                : new Comparison.MustNot("it interrupts the database, which the database's tag " + RESTART_TAG
                        + "=allowed would permit");
    }

    @Override
    public void apply(Aws aws, Optional<Database> live) {
        if (to == null) {
            throw new IllegalStateException("no previous value of " + setting.words() + " is known");
        }
        if (live.isPresent() && !live.get().status().equals("available")) {
            aws.databases().awaitAvailable(resource.id());
        }
        aws.databases().modify(resource.id(), Map.of(setting, to), interrupts());
    }

    @Override
    public List<Step<?>> again(Optional<Database> found) {
        return to == null || found.isEmpty()
                ? List.of()
                : List.of(new RestoreDatabaseSetting(resource, setting, to, coming(found.get())));
    }

    @Override
    public String show(Optional<Database> state) {
        return state.map(database -> setting.words() + " " + database.values().get(setting)
                        + (database.pending().containsKey(setting) ? ", pending " + coming(database) : ""))
                .orElse("gone");
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(10);
    }

    /** The value in effect once nothing is pending any more. */
    private String coming(Database database) {
        return String.valueOf(
                database.pending().getOrDefault(setting, database.values().get(setting)));
    }

    /** Whether RDS restarts the database for it; backups switched on or off do that too. */
    private boolean interrupts() {
        return setting == Setting.CLASS
                || (setting == Setting.BACKUP_RETENTION && (from.equals("0") || "0".equals(to)));
    }

    private String option() {
        String value = to == null ? "PREVIOUS-VALUE" : to;
        boolean flag =
                Set.of(Setting.PUBLICLY_ACCESSIBLE, Setting.DELETION_PROTECTION).contains(setting);
        String off = setting.option().replaceFirst("^--", "--no-");
        return !flag ? setting.option() + " " + Command.line(value) : value.equals("false") ? off : setting.option();
    }
}
