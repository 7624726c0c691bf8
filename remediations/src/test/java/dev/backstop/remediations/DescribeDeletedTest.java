package dev.backstop.remediations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.Plan;
import dev.backstop.core.Records;
import dev.backstop.core.Remediation;
import dev.backstop.core.Step;
import dev.backstop.core.memory.LocalAws;
import dev.backstop.core.port.Databases.Backup;
import dev.backstop.core.port.Databases.Database;
import dev.backstop.core.port.Tables;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be undone is never applied, and comes with the evidence and the command. */
class DescribeDeletedTest {
    private static final String LAST = """
            {"dBInstanceIdentifier":"orders-db","dBInstanceClass":"db.t4g.medium","engine":"postgres",
             "engineVersion":"16.8","allocatedStorage":100,"dbiResourceId":"db-ORDERS","dBInstanceStatus":"deleting",
             "dBSubnetGroup":{"dBSubnetGroupName":"private"},
             "vpcSecurityGroups":[{"vpcSecurityGroupId":"sg-1","status":"active"}]}""";
    private static final String PLACE =
            " --db-instance-class db.t4g.medium --db-subnet-group-name private --vpc-security-group-ids sg-1";

    private final LocalAws aws = new LocalAws();

    @Test
    void aDatabaseWithAFinalSnapshot() {
        aws.databases().keep("orders-db", new Backup("manual", "last-one", "creating"));
        Step<?> step = Steps.only(database("\"finalDBSnapshotIdentifier\":\"last-one\",\"skipFinalSnapshot\":false"));
        assertEquals("cannot be undone: it can be restored from manual last-one (creating)", Steps.mustNot(step, aws));
        assertEquals(
                "gone; it was db.t4g.medium, postgres 16.8, 100 GiB; it can be restored from manual last-one (creating)",
                Steps.show(step, aws));
        assertEquals(
                "aws rds restore-db-instance-from-db-snapshot --region us-east-1 --db-instance-identifier orders-db"
                        + " --db-snapshot-identifier last-one" + PLACE,
                step.command());
        assertNeverApplied(step);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"dBInstanceClass":"db.t4g.medium","engine":"postgres"}  | (db.t4g.medium, postgres)
            {"engine":"postgres","allocatedStorage":100}             | (postgres, 100 GiB)
            null                                                     | (the record says no more of it)
            """)
    void whatIsNotKnownOfADatabaseIsLeftOut(String last, String was) {
        Step<?> step = Steps.only(plan(
                new DescribeDeletedDatabase(),
                "rds",
                "DeleteDBInstance",
                "{\"dBInstanceIdentifier\":\"orders-db\"}",
                last));
        assertEquals("restore database orders-db " + was, step.summary());
    }

    @Test
    void aDatabaseWhoseAutomatedBackupsAreKept() {
        Step<?> step = Steps.only(database("\"skipFinalSnapshot\":true,\"deleteAutomatedBackups\":false"));
        assertEquals(
                "aws rds restore-db-instance-to-point-in-time --region us-east-1 --target-db-instance-identifier orders-db"
                        + " --source-dbi-resource-id db-ORDERS --use-latest-restorable-time" + PLACE,
                step.command());
    }

    @Test
    void aDatabaseOfWhichNothingIsKept() {
        Step<?> step = Steps.only(database("\"skipFinalSnapshot\":true"));
        assertTrue(Steps.mustNot(step, aws).contains("RDS has no backup of it"));
        assertTrue(step.command().startsWith("aws rds describe-db-snapshots"), step.command());
    }

    @Test
    void aDatabaseThatIsThereAgain() {
        Step<?> step = Steps.only(database("\"skipFinalSnapshot\":true"));
        aws.databases().put(new Database("orders-db", "deleting", Map.of(), Map.of(), false, Map.of()));
        Steps.mustNot(step, aws);
        aws.databases().put(new Database("orders-db", "creating", Map.of(), Map.of(), false, Map.of()));
        Steps.assertDone(step, aws);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"dBClusterIdentifier":"c","skipFinalSnapshot":true}         | run: aws rds describe-db-cluster-snapshots
            {"dBClusterIdentifier":"c","finalDBSnapshotIdentifier":"s"}  | --snapshot-identifier s --engine aurora-mysql
            """)
    void aClusterIsForAPersonAltogether(String request, String why) {
        Plan plan =
                plan(new DescribeDeletedDatabase(), "rds", "DeleteDBCluster", request, "{\"engine\":\"aurora-mysql\"}");
        assertTrue(Steps.refusal(plan).contains(why), plan::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "arn:aws:dynamodb:us-east-1:111122223333:table/orders"})
    void aTableWithABackup(String name) {
        aws.tables().keep("orders", new Tables.Backup("arn:user", "USER"));
        aws.tables().keep("orders", new Tables.Backup("arn:last", "SYSTEM"));
        Step<?> step = Steps.only(table(name));
        assertTrue(
                Steps.mustNot(step, aws)
                        .endsWith("restore-table-from-backup --region us-east-1 --target-table-name orders"
                                + " --backup-arn arn:last"),
                Steps.mustNot(step, aws));
        assertEquals("gone; backups: SYSTEM arn:last, USER arn:user", Steps.show(step, aws));
        assertNeverApplied(step);
        aws.tables().create("orders");
        Steps.assertDone(step, aws);
    }

    @Test
    void aTableWithoutABackup() {
        assertTrue(Steps.mustNot(Steps.only(table("orders")), aws).contains("DynamoDB has no backup of it"));
    }

    @Test
    void aBucketWhoseNameIsFree() {
        Step<?> step = Steps.only(bucket("""
                {"name":"backups","supplementaryConfiguration":{"BucketPolicy":{"policyText":"{}"},
                 "BucketVersioningConfiguration":{"status":"Enabled"},"BucketLifecycleConfiguration":{"rules":[]},
                 "AccessControlList":{}}}"""));
        assertTrue(Steps.mustNot(step, aws).contains("Its name is free"));
        assertEquals("gone; it had versioning Enabled, a policy, BucketLifecycleConfiguration", Steps.show(step, aws));
        assertEquals("aws s3api create-bucket --region us-east-1 --bucket backups", step.command());
        assertNeverApplied(step);
    }

    @Test
    void aBucketWhoseNameSomebodyElseHas() {
        aws.buckets().take("backups");
        Step<?> step = Steps.only(bucket(null));
        assertTrue(Steps.mustNot(step, aws).contains("another account has its name"));
        assertTrue(Steps.show(step, aws).endsWith("settings that AWS Config did not record"));
    }

    @Test
    void aBucketThatIsThereAgain() {
        aws.buckets().create("backups");
        Steps.assertDone(Steps.only(bucket(null)), aws);
    }

    @Test
    void aFunctionThatConfigKnows() {
        Step<?> step = Steps.only(function("\"functionName\":\"payment-webhook\"", """
                {"functionName":"payment-webhook","runtime":"python3.13","handler":"app.handler","memorySize":256,
                 "timeout":30,"role":"arn:aws:iam::111122223333:role/webhook","codeSha256":"abc=",
                 "layers":[{"arn":"arn:layer:1","codeSize":1}],
                 "environment":{"variables":{"API_KEY":"a-secret"}}}"""));
        assertTrue(Steps.mustNot(step, aws).startsWith("cannot be undone: Lambda keeps no code"));
        assertEquals(
                "gone; it was runtime python3.13, handler app.handler, role arn:aws:iam::111122223333:role/webhook,"
                        + " memorySize 256, timeout 30, codeSha256 abc=, layers arn:layer:1",
                Steps.show(step, aws));
        assertEquals(
                "aws lambda create-function --region us-east-1 --function-name payment-webhook --runtime python3.13"
                        + " --handler app.handler --role arn:aws:iam::111122223333:role/webhook --memory-size 256"
                        + " --timeout 30 --layers arn:layer:1 --code S3Bucket=YOUR-BUCKET,S3Key=YOUR-CODE",
                step.command());
        assertNeverApplied(step);
    }

    @Test
    void aVersionOfAFunctionLeavesTheOthers() {
        String arn = "arn:aws:lambda:us-east-1:111122223333:function:payment-webhook";
        Step<?> step = Steps.only(function("\"functionName\":\"" + arn + "\",\"qualifier\":\"3\"", null));
        aws.functions().create("payment-webhook");
        assertTrue(Steps.mustNot(step, aws).endsWith("still has version $LATEST"), Steps.mustNot(step, aws));
    }

    @Test
    void aFunctionThatIsThereAgain() {
        aws.functions().create("payment-webhook");
        Steps.assertDone(Steps.only(function("\"functionName\":\"payment-webhook\"", null)), aws);
    }

    private <S> void assertNeverApplied(Step<S> step) {
        assertThrows(IllegalStateException.class, () -> step.apply(aws, step.read(aws)));
    }

    private static Plan database(String options) {
        String request = "{\"dBInstanceIdentifier\":\"orders-db\"," + options + "}";
        return plan(new DescribeDeletedDatabase(), "rds", "DeleteDBInstance", request, LAST);
    }

    private static Plan table(String name) {
        return plan(new DescribeDeletedTable(), "dynamodb", "DeleteTable", "{\"tableName\":\"" + name + "\"}", "null");
    }

    private static Plan bucket(@Nullable String prior) {
        return Steps.plan(
                new DescribeDeletedBucket(),
                Records.call("s3", "DeleteBucket", "{\"bucketName\":\"backups\"}", "null"),
                prior);
    }

    private static Plan function(String request, @Nullable String prior) {
        return Steps.plan(
                new DescribeDeletedFunction(),
                Records.call("lambda", "DeleteFunction20150331", "{" + request + "}", "null"),
                prior);
    }

    private static Plan plan(Remediation remediation, String service, String event, String request, String response) {
        return Steps.plan(remediation, Records.call(service, event, request, response), null);
    }
}
