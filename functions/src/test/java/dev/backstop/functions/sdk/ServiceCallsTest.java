package dev.backstop.functions.sdk;

import dev.backstop.core.Json;
import dev.backstop.functions.MotoServer;
import dev.backstop.functions.sdk.DeclaredCalls.Undone;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.lambda.model.FunctionUrlAuthType;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.s3.model.BucketCannedACL;

/** Of databases, buckets, functions, tables and what watches: the steps make the calls that are declared, and no others. */
class ServiceCallsTest {
    private static final String OPEN = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject",
             "Resource":"arn:aws:s3:::invoices/*"}]}""";
    private static final String TRUST = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
             "Principal": {"Service": "lambda.amazonaws.com"}}]}""";

    private final SdkClients clients = MotoServer.fresh().clients();

    @Test
    void ofDatabases() {
        clients.rds().createDBInstance(request -> request.dbInstanceIdentifier("orders-db")
                .dbInstanceClass("db.t3.micro")
                .publiclyAccessible(true)
                .engine("postgres")
                .allocatedStorage(20)
                .masterUsername("contract")
                .manageMasterUserPassword(true));
        DeclaredCalls.hold(
                "restore-database-settings",
                clients,
                new Undone(
                        "rds",
                        "ModifyDBInstance",
                        "{\"dBInstanceIdentifier\":\"orders-db\",\"publiclyAccessible\":true}",
                        "{\"publiclyAccessible\":false}",
                        null));
        DeclaredCalls.hold(
                "describe-deleted-database",
                clients,
                new Undone("rds", "DeleteDBInstance", "{\"dBInstanceIdentifier\":\"billing-db\"}", "{}", null));
    }

    @Test
    void ofBuckets() {
        clients.s3().createBucket(request -> request.bucket("invoices")
                .acl(BucketCannedACL.PUBLIC_READ)
                .createBucketConfiguration(where -> where.locationConstraint("eu-west-1")));
        clients.s3().putBucketPolicy(request -> request.bucket("invoices").policy(OPEN));
        String owner = clients.s3()
                .getBucketAcl(request -> request.bucket("invoices"))
                .owner()
                .id();
        String bucket = "{\"bucketName\":\"invoices\"}";
        String policy = "{\"bucketName\":\"invoices\",\"bucketPolicy\":" + OPEN + "}";
        String other = Json.object()
                .put("policyText", OPEN.replace("GetObject", "ListBucket"))
                .toString();
        DeclaredCalls.hold(
                "close-public-bucket",
                clients,
                new Undone("s3", "PutBucketPolicy", policy, "null", supplementary("BucketPolicy", other)),
                new Undone(
                        "s3",
                        "PutBucketPolicy",
                        policy.replace("GetObject", "ListBucket"),
                        "null",
                        supplementary("BucketPolicy", "{\"policyText\":null}")),
                new Undone(
                        "s3",
                        "PutBucketAcl",
                        "{\"bucketName\":\"invoices\",\"x-amz-acl\":\"public-read\"}",
                        "null",
                        supplementary("AccessControlList", """
                                {"owner":{"id":"%1$s"},"grantList":[{"grantee":{"id":"%1$s"},"permission":"FullControl"}]}
                                """.formatted(owner))),
                new Undone("s3", "DeleteBucketPublicAccessBlock", bucket, "null", null));
        DeclaredCalls.hold("describe-deleted-bucket", clients, new Undone("s3", "DeleteBucket", bucket, "null", null));
    }

    @Test
    void ofFunctions() {
        create("payment-webhook");
        create("orders-worker");
        clients.lambda().addPermission(request -> request.functionName("payment-webhook")
                .statementId("everyone")
                .action("lambda:InvokeFunction")
                .principal("*"));
        for (String function : new String[] {"payment-webhook", "orders-worker"}) {
            clients.lambda().createFunctionUrlConfig(request -> request.functionName(function)
                    .authType(FunctionUrlAuthType.NONE));
        }
        String request = "{\"functionName\":\"payment-webhook\",\"statementId\":\"everyone\",\"authType\":\"NONE\"}";
        DeclaredCalls.hold(
                "close-public-function",
                clients,
                new Undone("lambda", "AddPermission20150331v2", request, "{}", null),
                new Undone("lambda", "CreateFunctionUrlConfig", request, "{}", null),
                new Undone(
                        "lambda",
                        "UpdateFunctionUrlConfig",
                        request.replace("payment-webhook", "orders-worker"),
                        "{}",
                        null));
        DeclaredCalls.hold(
                "describe-deleted-function",
                clients,
                new Undone("lambda", "DeleteFunction20150331", "{\"functionName\":\"gone\"}", "null", null));
    }

    @Test
    void ofTables() {
        DeclaredCalls.hold(
                "describe-deleted-table",
                clients,
                new Undone("dynamodb", "DeleteTable", "{\"tableName\":\"orders\"}", "{}", null));
    }

    @Test
    void ofWhatWatches() {
        clients.s3().createBucket(request -> request.bucket("log-files")
                .createBucketConfiguration(where -> where.locationConstraint("eu-west-1")));
        clients.cloudTrail().createTrail(request -> request.name("main").s3BucketName("log-files"));
        clients.config()
                .putConfigurationRecorder(request -> request.configurationRecorder(
                        recorder -> recorder.name("default").roleARN("arn:aws:iam::123456789012:role/config")));
        clients.config()
                .putDeliveryChannel(request -> request.deliveryChannel(
                        channel -> channel.name("default").s3BucketName("log-files")));
        clients.eventBridge().putRule(request -> request.name("backstop-one")
                .eventPattern("{\"source\":[\"aws.s3\"]}")
                .state(RuleState.DISABLED));
        clients.eventBridge().putRule(request -> request.name("backstop-sweep")
                .scheduleExpression("rate(1 hour)")
                .state(RuleState.DISABLED));
        DeclaredCalls.hold(
                "restart-trail", clients, new Undone("cloudtrail", "StopLogging", "{\"name\":\"main\"}", "null", null));
        DeclaredCalls.hold(
                "restart-config-recorder",
                clients,
                new Undone(
                        "config",
                        "StopConfigurationRecorder",
                        "{\"configurationRecorderName\":\"default\"}",
                        "null",
                        null));
        DeclaredCalls.hold(
                "restore-guard-rule",
                clients,
                new Undone("events", "DisableRule", "{\"name\":\"backstop-one\"}", "null", null),
                new Undone("events", "DisableRule", "{\"name\":\"backstop-sweep\"}", "null", null),
                new Undone("events", "RemoveTargets", "{\"rule\":\"backstop-one\",\"ids\":[\"respond\"]}", "{}", null));
    }

    private void create(String function) {
        String name = "runs-" + function;
        String role = clients.iam()
                .createRole(request -> request.roleName(name).assumeRolePolicyDocument(TRUST))
                .role()
                .arn();
        clients.lambda().createFunction(request -> request.functionName(function)
                .role(role)
                .runtime(Runtime.PYTHON3_13)
                .handler("index.handler")
                .code(code -> code.zipFile(SdkBytes.fromByteArray(program()))));
    }

    private static String supplementary(String name, String json) {
        return Json.object()
                .set("supplementaryConfiguration", Json.object().set(name, Json.read(json)))
                .toString();
    }

    private static byte[] program() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("index.py"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
