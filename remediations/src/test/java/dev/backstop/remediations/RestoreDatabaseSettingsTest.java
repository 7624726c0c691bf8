package dev.backstop.remediations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.Comparison;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Records;
import dev.backstop.core.Resource;
import dev.backstop.core.Response;
import dev.backstop.core.Step;
import dev.backstop.core.memory.LocalAws;
import dev.backstop.core.port.Databases.Database;
import dev.backstop.core.port.Databases.Setting;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestoreDatabaseSettingsTest {
    private static final Resource KNOWN =
            new Resource("AWS::RDS::DBInstance", "db-ORDERS", "us-east-1", Records.ACCOUNT);
    private static final Map<Setting, String> BEFORE = Map.of(
            Setting.CLASS, "db.r6g.large",
            Setting.PUBLICLY_ACCESSIBLE, "false",
            Setting.DELETION_PROTECTION, "true",
            Setting.BACKUP_RETENTION, "7");
    private static final String RESIZED = """
            {"dBInstanceIdentifier":"orders-db","dBInstanceClass":"db.r6g.4xlarge","applyImmediately":true}""";
    private static final String SHOWN = """
            {"dBInstanceIdentifier":"orders-db","dbiResourceId":"db-ORDERS","dBInstanceClass":"db.r6g.large",
             "publiclyAccessible":false,"deletionProtection":true,"backupRetentionPeriod":7,
             "pendingModifiedValues":{"dBInstanceClass":"db.r6g.4xlarge"}}""";

    private final LocalAws aws = new LocalAws();

    @ParameterizedTest
    @ValueSource(strings = {"dBInstanceClass", "dbInstanceClass", "DBInstanceClass"})
    void theResponseStillHoldsThePreviousClass(String field) {
        String request = "{\"dBInstanceIdentifier\":\"orders-db\",\"%s\":\"db.r6g.4xlarge\"}".formatted(field);
        assertEquals(
                List.of("change class of orders-db from db.r6g.4xlarge back to db.r6g.large"),
                summaries(plan(request, SHOWN, Map.of())));
    }

    @Test
    void whatIsInEffectAtOnceComesFromPriorState() {
        String request = """
                {"dBInstanceIdentifier":"orders-db","publiclyAccessible":true,"deletionProtection":false,
                 "backupRetentionPeriod":0}""";
        String response = """
                {"dbiResourceId":"db-ORDERS","publiclyAccessible":true,"deletionProtection":false,
                 "backupRetentionPeriod":0,"pendingModifiedValues":{}}""";
        assertEquals(Set.of(KNOWN), new RestoreDatabaseSettings().needs(finding(request, response)));
        assertEquals(
                List.of(
                        "change publicly accessible of orders-db from true back to false",
                        "change deletion protection of orders-db from false back to true",
                        "change backup retention of orders-db from 0 back to 7"),
                summaries(plan(request, response, Map.of(KNOWN, prior("""
                        {"publiclyAccessible":false,"deletionProtection":true,"backupRetentionPeriod":7}""")))));
    }

    @Test
    void withoutPriorStateThereIsNoGuess() {
        String request = "{\"dBInstanceIdentifier\":\"orders-db\",\"publiclyAccessible\":true}";
        Plan plan = plan(request, "{\"publiclyAccessible\":true}", Map.of());
        assertTrue(assertInstanceOf(Plan.Refused.class, plan).why().startsWith("prior state unknown"), plan::toString);
    }

    @Test
    void ofTwoSettingsTheKnownOneGoesBackAndTheOtherIsNamed() {
        String request = """
                {"dBInstanceIdentifier":"orders-db","dBInstanceClass":"db.r6g.4xlarge","deletionProtection":false}""";
        String response = "{\"dBInstanceClass\":\"db.r6g.large\",\"deletionProtection\":false}";
        put("db.r6g.large", Map.of(Setting.CLASS, "db.r6g.4xlarge"), Map.of());
        change(Setting.DELETION_PROTECTION, "false");
        List<Step<?>> steps = assertInstanceOf(Plan.Steps.class, plan(request, response, Map.of()))
                .steps();
        assertInstanceOf(Comparison.AsExpected.class, compare(steps.getFirst()));
        Comparison unknown = compare(steps.getLast());
        assertTrue(assertInstanceOf(Comparison.MustNot.class, unknown).why().startsWith("prior state unknown"));
    }

    @Test
    void aCallThatChangesNothingIsLeftAlone() {
        assertInstanceOf(Plan.Refused.class, plan("{\"dBInstanceIdentifier\":\"orders-db\"}", "{}", Map.of()));
        Map<Resource, PriorState> same = Map.of(KNOWN, prior("{\"dBInstanceClass\":\"db.r6g.4xlarge\"}"));
        String response = "{\"dbiResourceId\":\"db-ORDERS\",\"dBInstanceClass\":\"db.r6g.4xlarge\"}";
        assertInstanceOf(Plan.Refused.class, plan(RESIZED, response, same));
    }

    @Test
    void aClassThatStillWaitsIsTakenBackWithoutInterruption() {
        put("db.r6g.large", Map.of(Setting.CLASS, "db.r6g.4xlarge"), Map.of());
        RestoreDatabaseSetting step = resize();
        assertInstanceOf(Comparison.AsExpected.class, step.compare(step.read(aws)));
        step.apply(aws, step.read(aws));
        assertInstanceOf(Comparison.NothingLeft.class, step.compare(step.read(aws)));
        assertEquals("class db.r6g.large", step.show(step.read(aws)));
    }

    @Test
    void whatOthersPlannedForTheMaintenanceWindowIsNotBroughtForward() {
        put("db.r6g.large", Map.of(Setting.CLASS, "db.r6g.4xlarge", Setting.BACKUP_RETENTION, "0"), Map.of());
        assertInstanceOf(Comparison.MustNot.class, resize().compare(resize().read(aws)));
        assertInstanceOf(
                Comparison.MustNot.class,
                resize().compare(Optional.of(new Database(
                        "orders-db", "available", BEFORE, Map.of(Setting.CLASS, "db.r6g.4xlarge"), true, Map.of()))));
    }

    @ParameterizedTest
    @CsvSource({"allowed,true", "no,false", "'',false"})
    void anInterruptionNeedsThePermissionOfATag(String tag, boolean applies) {
        put("db.r6g.4xlarge", Map.of(), Map.of("backstop:restart", tag));
        RestoreDatabaseSetting step = resize();
        assertEquals(applies, step.compare(step.read(aws)) instanceof Comparison.AsExpected);
        assertEquals(
                "aws rds modify-db-instance --region us-east-1 --db-instance-identifier orders-db"
                        + " --db-instance-class db.r6g.large --apply-immediately",
                step.command());
    }

    @ParameterizedTest
    @CsvSource({
        "PUBLICLY_ACCESSIBLE,true,false,true,--no-publicly-accessible",
        "DELETION_PROTECTION,false,true,true,--deletion-protection",
        "BACKUP_RETENTION,1,7,true,--backup-retention-period 7",
        "BACKUP_RETENTION,0,7,false,--backup-retention-period 7 --apply-immediately"
    })
    void whatInterruptsNothingGoesBackByItself(
            Setting setting, String from, String to, boolean applies, String options) {
        put("db.r6g.large", Map.of(), Map.of());
        change(setting, from);
        var step = new RestoreDatabaseSetting(database(), setting, from, to);
        assertEquals(applies, step.compare(step.read(aws)) instanceof Comparison.AsExpected);
        assertTrue(step.command().endsWith("orders-db " + options), step.command());
        step.apply(aws, step.read(aws));
        if (applies) {
            assertInstanceOf(Comparison.NothingLeft.class, step.compare(step.read(aws)));
        }
    }

    @Test
    void whatSomebodyChoseSinceIsLeftAlone() {
        put("db.r6g.xlarge", Map.of(), Map.of("backstop:restart", "allowed"));
        assertInstanceOf(Comparison.MustNot.class, compare(resize()));
        put("db.r6g.4xlarge", Map.of(Setting.CLASS, "db.r6g.large"), Map.of());
        assertInstanceOf(Comparison.NothingLeft.class, compare(resize()), "somebody has asked for it already");
        aws.databases().delete("orders-db");
        assertInstanceOf(Comparison.NothingLeft.class, compare(resize()));
    }

    private Comparison compare(Step<?> step) {
        return compared(step);
    }

    private <S> Comparison compared(Step<S> step) {
        return step.compare(step.read(aws));
    }

    private RestoreDatabaseSetting resize() {
        return assertInstanceOf(
                RestoreDatabaseSetting.class,
                assertInstanceOf(Plan.Steps.class, plan(RESIZED, SHOWN, Map.of()))
                        .steps()
                        .getFirst());
    }

    private void put(String type, Map<Setting, String> pending, Map<String, String> tags) {
        Map<Setting, String> values = new HashMap<>(BEFORE);
        values.put(Setting.CLASS, type);
        aws.databases().put(new Database("orders-db", "available", values, pending, false, tags));
    }

    private void change(Setting setting, String value) {
        Database database = aws.databases().find("orders-db").orElseThrow();
        Map<Setting, String> values = new HashMap<>(database.values());
        values.put(setting, value);
        aws.databases().put(new Database("orders-db", "available", values, database.pending(), false, Map.of()));
    }

    private static Resource database() {
        return new Resource("AWS::RDS::DBInstance", "orders-db", "us-east-1", Records.ACCOUNT);
    }

    private static List<String> summaries(Plan plan) {
        return assertInstanceOf(Plan.Steps.class, plan).steps().stream()
                .map(step -> step.summary())
                .toList();
    }

    private static Plan plan(String request, String response, Map<Resource, PriorState> prior) {
        return new RestoreDatabaseSettings().plan(finding(request, response), prior);
    }

    private static PriorState prior(String configuration) {
        return new PriorState(Json.read(configuration), Instant.EPOCH, "config");
    }

    private static Finding finding(String request, String response) {
        return Records.finding(
                Records.rule("r", "restore-database-settings", Response.ALERT, Response.REVERT),
                Records.call("rds", "ModifyDBInstance", request, response));
    }
}
