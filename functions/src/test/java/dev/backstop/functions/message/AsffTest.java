package dev.backstop.functions.message;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.backstop.core.Json;
import dev.backstop.functions.message.Asff.Hub;
import dev.backstop.functions.sdk.SecurityHubFindings;
import dev.backstop.functions.sdk.StubbedAws;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.services.securityhub.SecurityHubClient;
import software.amazon.awssdk.services.securityhub.model.AwsSecurityFinding;
import software.amazon.awssdk.services.securityhub.model.ResourceDetails;

/** Alerts as findings, as they go over the wire, held to the limits that AWS documents. */
class AsffTest {
    private static final Hub HUB = new Hub("aws", "eu-west-1", "123456789012");

    @RegisterExtension
    private final WireMockExtension hub = StubbedAws.server();

    static Stream<String> kinds() {
        return Alerts.all().keySet().stream();
    }

    static Stream<String> hostile() {
        return Stream.concat(MessageTest.hostile(), Stream.of("", " ", "arn:aws:s3:::somebody-elses"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void readsAsLookedAt(String kind) throws IOException {
        hub.stubFor(post("/findings/import").willReturn(okJson("{\"FailedCount\": 0, \"SuccessCount\": 1}")));
        new SecurityHubFindings(StubbedAws.clients(hub).ready(SecurityHubClient.builder()), HUB)
                .put(Alerts.all().get(kind));
        String sent = hub.findAll(postRequestedFor(urlEqualTo("/findings/import")))
                .getFirst()
                .getBodyAsString();
        Golden.check("asff/" + kind + ".json", Json.read(sent).at("/Findings/0").toPrettyString() + "\n");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void aHostileNameStaysWithinItsFieldAndTheLimits(String name) {
        AwsSecurityFinding finding = finding(Alerts.message(Alerts.hostile(name)));
        assertWithin(512, finding.id());
        assertWithin(512, finding.generatorId());
        assertWithin(256, finding.title());
        assertWithin(1024, finding.description());
        assertWithin(512, finding.remediation().recommendation().text());
        assertTrue(finding.productFields().size() <= 50, finding::toString);
        finding.productFields().forEach((key, value) -> {
            assertWithin(128, key);
            assertWithin(2048, value);
        });
        assertTrue(!finding.resources().isEmpty() && finding.resources().size() <= 32, finding::toString);
        finding.resources().forEach(resource -> assertWithin(512, resource.id()));
        assertEquals("security-group-opened-to-world", finding.generatorId());
        assertEquals("123456789012", finding.awsAccountId());
        assertEquals("HIGH", finding.findingProviderFields().severity().labelAsString());
    }

    /** By the names of what a finding can tell of each, which AWS wrote. */
    @Test
    void everyTypeIsOneThatSecurityHubKnows() {
        Set<String> known = ResourceDetails.builder().build().sdkFields().stream()
                .map(SdkField::memberName)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> ours = new TreeSet<>(AsffResource.types());
        ours.removeAll(known);
        assertEquals(Set.of(), ours);
    }

    @ParameterizedTest
    @CsvSource({
        "AWS::EC2::SecurityGroup, sg-1, AwsEc2SecurityGroup, arn:aws:ec2:eu-central-1:123456789012:security-group/sg-1",
        "AWS::S3::Bucket, acme, AwsS3Bucket, arn:aws:s3:::acme",
        "AWS::Lambda::Function, arn:aws:lambda:eu-central-1:1:function:f, AwsLambdaFunction, arn:aws:lambda:eu-central-1:1:function:f",
        "AWS::IAM::User, ci-bot, AwsIamUser, ci-bot",
        "AWS::SQS::Queue, https://sqs.x/1/q, AwsSqsQueue, https://sqs.x/1/q",
        "AWS::Budgets::Budget, monthly, Other, monthly"
    })
    void whatWasChangedIsTheTarget(String type, String id, String asff, String identifier) {
        ObjectNode json = Alerts.message(Alerts.failed()).json();
        json.withObject("/resource").put("type", type).put("id", id);
        json.withObject("/event").put("region", "eu-central-1");
        var resources = finding(new Message(json)).resources();
        assertEquals(asff, resources.getFirst().type());
        assertEquals(identifier, resources.getFirst().id());
        assertEquals("Target", resources.getFirst().resourceRole());
        assertEquals("eu-central-1", resources.getFirst().region());
        assertEquals("AwsIamRole", resources.getLast().type());
        assertEquals("Actor", resources.getLast().resourceRole());
        assertEquals(
                "arn:aws:iam::123456789012:role/agents/agent-deploy-role",
                resources.getLast().id());
    }

    @Test
    void whatIsToldAgainIsTheSameFindingAndWhatIsContainedIsOver() {
        AwsSecurityFinding failed = finding(Alerts.message(Alerts.failed()));
        AwsSecurityFinding contained = finding(Alerts.message(Alerts.contained()));
        assertEquals(failed.id(), contained.id());
        assertNotEquals(failed.id(), finding(Alerts.message(Alerts.alertOnly())).id(), "another rule's");
        assertEquals("ACTIVE", failed.recordStateAsString());
        assertEquals("ARCHIVED", contained.recordStateAsString());
        assertEquals("RESOLVED", contained.workflow().statusAsString());
        assertEquals("ACTIVE", finding(Alerts.message(Alerts.observed())).recordStateAsString(), "nothing was done");
        assertEquals("ACTIVE", finding(Alerts.message(Alerts.alertOnly())).recordStateAsString(), "nobody looked");
    }

    @Test
    void itIsNeverUpdatedBeforeItWasCreated() {
        ObjectNode json = Alerts.message(Alerts.failed()).json();
        json.put("at", "2026-11-23T09:59:59Z");
        AwsSecurityFinding finding = finding(new Message(json));
        assertEquals(Instant.parse(finding.createdAt()), Instant.parse(finding.updatedAt()));
    }

    private static AwsSecurityFinding finding(Message message) {
        return Asff.of(message, HUB);
    }

    private static void assertWithin(int most, String value) {
        assertTrue(
                !value.isBlank() && value.length() <= most, value.length() + " characters: " + Plain.first(value, 60));
    }
}
