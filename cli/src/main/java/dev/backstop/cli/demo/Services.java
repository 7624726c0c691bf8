package dev.backstop.cli.demo;

import dev.backstop.core.port.Databases.Database;
import dev.backstop.core.port.Databases.Setting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.Tag;
import software.amazon.awssdk.services.s3.S3Client;

/** The roles, databases, functions and buckets of a world on a server: made under new names, read back, removed. */
final class Services {
    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",\
            "Principal":{"Service":"lambda.amazonaws.com"}}]}""";

    private final IamClient iam;
    private final LambdaClient lambda;
    private final S3Client s3;
    private final RdsClient rds;
    private final Names names;
    private final Cleanup cleanup;
    private final String suffix;
    private final Set<String> roles = new TreeSet<>();
    private final Set<String> functions = new TreeSet<>();
    private final Set<String> buckets = new TreeSet<>();
    private final Set<String> databases = new TreeSet<>();

    Services(Endpoint endpoint, Names names, Cleanup cleanup, String suffix) {
        this.iam = endpoint.clients().iam();
        this.lambda = endpoint.clients().lambda();
        this.rds = endpoint.clients().rds();
        this.s3 = endpoint.clients().s3();
        this.names = names;
        this.cleanup = cleanup;
        this.suffix = suffix;
    }

    void create(Seed seed) {
        seed.roles().forEach(name -> role(renamed(name)));
        String role = "arn:aws:iam::" + names.real(seed.account()) + ":role/"
                + names.real(seed.roles().getFirst());
        seed.functions().forEach(name -> function(renamed(name), role));
        seed.buckets().forEach(name -> bucket(renamed(name)));
        seed.databases().forEach(database -> database(renamed(database.id()), database));
    }

    Set<String> roles() {
        return roles;
    }

    Set<String> databases() {
        return databases;
    }

    Set<String> functions() {
        return functions;
    }

    Set<String> buckets() {
        return buckets;
    }

    private void role(String name) {
        iam.createRole(request -> request.roleName(name).assumeRolePolicyDocument(TRUST));
        roles.add(name);
        cleanup.add("role " + name, () -> removeRole(name));
    }

    private void removeRole(String name) {
        try {
            iam.listRolePolicies(request -> request.roleName(name))
                    .policyNames()
                    .forEach(policy -> iam.deleteRolePolicy(
                            request -> request.roleName(name).policyName(policy)));
            iam.deleteRole(request -> request.roleName(name));
        } catch (NoSuchEntityException _) {
            // Somebody else has removed it.
        }
    }

    private void function(String name, String role) {
        lambda.createFunction(request -> request.functionName(name)
                .role(role)
                .runtime(Runtime.PYTHON3_13)
                .handler("index.handler")
                .code(code -> code.zipFile(SdkBytes.fromByteArray(program()))));
        functions.add(name);
        cleanup.add("function " + name, () -> lambda.deleteFunction(request -> request.functionName(name)));
    }

    private void bucket(String name) {
        s3.createBucket(request -> request.bucket(name));
        buckets.add(name);
        cleanup.add("bucket " + name, () -> s3.deleteBucket(request -> request.bucket(name)));
    }

    private void database(String id, Database wanted) {
        rds.createDBInstance(request -> request.dbInstanceIdentifier(id)
                .dbInstanceClass(wanted.values().get(Setting.CLASS))
                .engine("postgres")
                .allocatedStorage(20)
                .masterUsername("demo")
                .manageMasterUserPassword(true)
                .tags(wanted.tags().entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList()));
        databases.add(id);
        cleanup.add(
                "database " + id,
                () -> rds.deleteDBInstance(
                        request -> request.dbInstanceIdentifier(id).skipFinalSnapshot(true)));
    }

    private String renamed(String name) {
        names.put(name, name + suffix);
        return name + suffix;
    }

    private static byte[] program() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("index.py"));
            zip.write("def handler(event, context): pass".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
