package dev.backstop.functions.handler;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Json;
import dev.backstop.core.Resource;
import dev.backstop.core.baseline.Approval;
import dev.backstop.core.memory.LocalApprovals;
import dev.backstop.functions.line.Evaluator;
import dev.backstop.functions.sdk.ConfigEvaluations;
import dev.backstop.functions.sdk.StubbedAws;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of AWS Config's that are functions, with events as Config sends them; what Config is told is stubbed. */
class EvaluateHandlerTest {
    private static final Resource GROUP = new Resource("AWS::EC2::SecurityGroup", "sg-1", "eu-west-1", "123456789012");
    private static final String AS_APPROVED = """
            [{"ipProtocol":"tcp","fromPort":443,"toPort":443,"ipv6Ranges":[],"prefixListIds":[],"userIdGroupPairs":[],
              "ipv4Ranges":[{"cidrIp":"10.0.0.0/16","description":"office"}],"ipRanges":["10.0.0.0/16"]}]""";

    @RegisterExtension
    private final WireMockExtension config = StubbedAws.server();

    private final LocalApprovals approvals = new LocalApprovals();

    @BeforeEach
    void approve() {
        config.stubFor(post("/").willReturn(okJson("{}")));
        ObjectNode approved = Json.object().put("groupName", "web");
        approved.putArray("securityGroupRules")
                .add(new GroupRule("sgr-1", "sg-1", false, "tcp", 443, 443, "10.0.0.0/16", null).toJson());
        approvals.keep(new Approval(GROUP, approved, Instant.EPOCH, "maria", "reviewed"));
    }

    @Test
    void whatIsAsApprovedComplies() throws IOException {
        evaluate(changed(AS_APPROVED, "OK", "{}"), false);

        told("COMPLIANT", "as maria approved it");
    }

    @Test
    void whatDiffersDoesNot() throws IOException {
        evaluate(changed(AS_APPROVED.replace("443,\"ipv6", "8443,\"ipv6"), "OK", "{}"), false);

        told("NON_COMPLIANT", "tcp 443-8443 from 10.0.0.0/16 is not approved; tcp 443 from 10.0.0.0/16 is missing");
    }

    @Test
    void aLongAnnotationIsCutWhereConfigWouldRefuseIt() throws IOException {
        StringBuilder many = new StringBuilder("[");
        for (int port = 1; port < 50; port++) {
            many.append(port > 1 ? "," : "")
                    .append(AS_APPROVED.replaceAll("^\\[|]$", "").replace("443", "" + port));
        }
        evaluate(changed(many.append("]").toString(), "OK", "{}"), false);

        config.verify(postRequestedFor(urlEqualTo("/"))
                .withRequestBody(matchingJsonPath("$.Evaluations[0].Annotation", containing("…"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ResourceDeleted", "ResourceNotRecorded", "ResourceDeletedNotRecorded"})
    void whatIsGoneIsNotApplicable(String status) throws IOException {
        evaluate(changed("[]", status, "{}"), false);

        told("NOT_APPLICABLE", "it is gone, or the rule is no longer about it");
    }

    @Test
    void whatLeftTheScopeIsNotApplicable() throws IOException {
        evaluate(changed("[]", "OK", "{}"), true);

        told("NOT_APPLICABLE", "it is gone, or the rule is no longer about it");
    }

    @Test
    void whatWasNeverApprovedIsNotApplicableUnlessItIsTaggedAsProtected() throws IOException {
        approvals.withdraw(GROUP);
        evaluate(changed("[]", "OK", "{}"), false);
        told("NOT_APPLICABLE", "no state of it has been approved");

        evaluate(changed("[]", "OK", "{\"backstop:protected\":\"true\"}"), false);
        told("NON_COMPLIANT", "it is tagged backstop:protected, and no state of it has been approved");
    }

    @Test
    void aVeryLargeItemIsFetchedFromTheHistory() throws IOException {
        ObjectNode item = Json.object();
        item.put("resourceType", GROUP.type());
        item.put("resourceId", GROUP.id());
        item.put("awsRegion", GROUP.region());
        item.put("accountId", GROUP.account());
        item.put("configurationItemStatus", "OK");
        item.put("configuration", "{\"ipPermissions\":" + AS_APPROVED + ",\"ipPermissionsEgress\":[]}");
        ObjectNode history = Json.object();
        history.putArray("configurationItems").add(item);
        config.stubFor(post("/")
                .withHeader("X-Amz-Target", containing("GetResourceConfigHistory"))
                .withRequestBody(matchingJsonPath("$.resourceId", equalTo("sg-1")))
                .willReturn(okJson(Json.write(history))));
        ObjectNode invoking = Json.object().put("messageType", "OversizedConfigurationItemChangeNotification");
        invoking.putObject("configurationItemSummary")
                .put("resourceType", GROUP.type())
                .put("resourceId", GROUP.id())
                .put("awsRegion", GROUP.region())
                .put("awsAccountId", GROUP.account())
                .put("configurationItemStatus", "OK")
                .put("configurationItemCaptureTime", "2026-11-23T10:00:00.000Z");
        evaluate(invoking, false);

        told("COMPLIANT", "as maria approved it");
    }

    private static ObjectNode changed(String permissions, String status, String tags) {
        ObjectNode invoking = Json.object().put("messageType", "ConfigurationItemChangeNotification");
        ObjectNode item = invoking.putObject("configurationItem");
        item.put("resourceType", GROUP.type());
        item.put("resourceId", GROUP.id());
        item.put("awsRegion", GROUP.region());
        item.put("awsAccountId", GROUP.account());
        item.put("configurationItemStatus", status);
        item.put("configurationItemCaptureTime", "2026-11-23T10:00:00.000Z");
        item.set("tags", Json.read(tags));
        ObjectNode configuration = item.putObject("configuration");
        configuration.set("ipPermissions", Json.read(permissions));
        configuration.putArray("ipPermissionsEgress");
        return invoking;
    }

    private void evaluate(ObjectNode invoking, boolean leftScope) throws IOException {
        ObjectNode event = Json.object();
        event.put("invokingEvent", Json.write(invoking));
        event.put("resultToken", "token-1");
        event.put("eventLeftScope", leftScope);
        event.put("configRuleName", "backstop-security-group-baseline");
        new EvaluateHandler(
                        new Evaluator(approvals),
                        new ConfigEvaluations(StubbedAws.clients(config).config()),
                        _ -> {})
                .handleRequest(
                        new ByteArrayInputStream(Json.write(event).getBytes(StandardCharsets.UTF_8)),
                        new ByteArrayOutputStream(),
                        new TestContext());
    }

    private void told(String compliance, String annotation) {
        config.verify(postRequestedFor(urlEqualTo("/"))
                .withHeader("X-Amz-Target", containing("PutEvaluations"))
                .withRequestBody(matchingJsonPath("$.ResultToken", equalTo("token-1")))
                .withRequestBody(matchingJsonPath("$.Evaluations[0].ComplianceType", equalTo(compliance)))
                .withRequestBody(matchingJsonPath("$.Evaluations[0].Annotation", equalTo(annotation))));
    }
}
