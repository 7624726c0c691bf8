package dev.backstop.functions.sdk;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.notContaining;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.backstop.core.Json;
import dev.backstop.core.PriorState;
import dev.backstop.core.Resource;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.config.model.ConfigException;

/** AWS Config's history over the SDK; moto_server keeps none, so Config's answers are stubbed. */
class ConfigHistoryTest {
    private static final Instant CALL = Instant.parse("2026-11-23T10:00:00Z");
    private static final Resource GROUP = new Resource("AWS::EC2::SecurityGroup", "sg-1", "eu-west-1", "123456789012");

    @RegisterExtension
    private final WireMockExtension config = StubbedAws.server();

    @Test
    void takesTheNewestItemBeforeTheCall() {
        answer("[" + item(CALL, "OK", "after") + "," + item(CALL.minusMillis(1), "OK", "before") + ","
                + item(CALL.minusSeconds(60), "OK", "earlier") + "]");

        assertEquals(Optional.of(state("before", CALL.minusMillis(1))), before());
        config.verify(postRequestedFor(urlEqualTo("/")).withRequestBody(equalToJson("""
                {"resourceType": "AWS::EC2::SecurityGroup", "resourceId": "sg-1",
                 "laterTime": 1795427999.999, "chronologicalOrder": "Reverse"}
                """)));
    }

    @Test
    void goesOnWhereAPageIsEmpty() {
        answer("[], \"nextToken\": \"more\"");
        config.stubFor(post("/")
                .withRequestBody(matchingJsonPath("$.nextToken"))
                .willReturn(okJson("{\"configurationItems\": ["
                        + item(CALL.minusSeconds(1_000_000), "ResourceDiscovered", "old") + "]}")));

        assertEquals(Optional.of(state("old", CALL.minusSeconds(1_000_000))), before());
    }

    @Test
    void goesBackAYearAndNoFurther() {
        answer("[], \"nextToken\": \"more\"");

        assertEquals(Optional.empty(), before());
        config.verify(53, postRequestedFor(urlEqualTo("/")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ResourceDeleted", "ResourceNotRecorded", "ResourceDeletedNotRecorded", "SomethingNew"})
    void knowsNothingOfWhatWasNotThere(String status) {
        answer("[" + item(CALL.minusSeconds(1), status, "x") + "," + item(CALL.minusSeconds(2), "OK", "y") + "]");

        assertEquals(Optional.empty(), before());
    }

    @Test
    void knowsNothingOfWhatHasNoItems() {
        answer("[]");

        assertEquals(Optional.empty(), before());
    }

    @ParameterizedTest
    @ValueSource(strings = {"NoAvailableConfigurationRecorderException", "ResourceNotDiscoveredException"})
    void knowsNothingWhereNothingIsRecorded(String error) {
        refuse(error);

        assertEquals(Optional.empty(), before());
    }

    @Test
    void letsOtherErrorsEscape() {
        refuse("AccessDeniedException");

        assertThrows(ConfigException.class, this::before);
    }

    @Test
    void findsWhatHasAnIdOfItsOwnByItsName() {
        refuse("ResourceNotDiscoveredException");
        config.stubFor(post("/").withRequestBody(equalToJson("""
                        {"resourceType": "AWS::IAM::Role", "resourceName": "agent-deploy", "includeDeletedResources": true}
                        """)).willReturn(okJson("""
                        {"resourceIdentifiers": [{"resourceType": "AWS::IAM::Role", "resourceId": "AROAOLD"},
                                                 {"resourceType": "AWS::IAM::Role", "resourceId": "AROANEW"}]}
                        """)));
        history("AROAOLD", item(CALL.minusSeconds(60), "ResourceDeleted", "old"));
        history("AROANEW", item(CALL.minusSeconds(30), "OK", "new"));

        assertEquals(
                Optional.of(state("new", CALL.minusSeconds(30))),
                before(new Resource("AWS::IAM::Role", "agent-deploy", "us-east-1", "123456789012")));
    }

    @Test
    void givesTheSupplementaryConfigurationWithTheRest() {
        String acl = Json.object().put("owner", "me").toString();
        String item = Json.object()
                .put("configurationItemCaptureTime", CALL.toEpochMilli() / 1000.0 - 1)
                .put("configurationItemStatus", "OK")
                .put("configuration", "{\"name\": \"a-bucket\"}")
                .set(
                        "supplementaryConfiguration",
                        Json.object()
                                .put("BucketPolicy", "{\"policyText\":null}")
                                .put(
                                        "AccessControlList",
                                        Json.MAPPER
                                                .getNodeFactory()
                                                .textNode(acl)
                                                .toString()))
                .toString();
        answer("[" + item + "]");

        assertEquals(Json.read("""
                        {"name": "a-bucket", "supplementaryConfiguration":
                         {"BucketPolicy": {"policyText": null}, "AccessControlList": {"owner": "me"}}}
                        """), before().orElseThrow().configuration());
    }

    @ParameterizedTest
    @CsvSource({"AWS::EC2::SecurityGroup, eu-central-1", "AWS::IAM::Role, eu-west-1"})
    void asksWhereTheResourceIsAndAtHomeOfWhatIsNowhere(String type, String asked) {
        answer("[" + item(CALL.minusMillis(1), "OK", "before") + "]");
        config.stubFor(post("/")
                .withHeader("Authorization", notContaining("/" + asked + "/config/"))
                .willReturn(okJson("{\"configurationItems\": []}")));

        Resource resource = new Resource(type, "web", "eu-central-1", "123456789012");
        assertEquals(
                Optional.of(state("before", CALL.minusMillis(1))),
                ConfigHistory.everywhere(StubbedAws.clients(config)).before(resource, CALL));
    }

    private Optional<PriorState> before() {
        return before(GROUP);
    }

    private Optional<PriorState> before(Resource resource) {
        return new ConfigHistory(StubbedAws.clients(config).config()).before(resource, CALL);
    }

    private void history(String id, String item) {
        config.stubFor(post("/")
                .withRequestBody(matchingJsonPath("$.resourceId", equalTo(id)))
                .willReturn(okJson("{\"configurationItems\": [" + item + "]}")));
    }

    private void answer(String items) {
        config.stubFor(post("/").willReturn(okJson("{\"configurationItems\": " + items + "}")));
    }

    private void refuse(String error) {
        config.stubFor(post("/")
                .willReturn(
                        aResponse().withStatus(400).withBody("{\"__type\": \"" + error + "\", \"message\": \"no\"}")));
    }

    private static String item(Instant capturedAt, String status, String name) {
        return Json.object()
                .put("configurationItemCaptureTime", capturedAt.toEpochMilli() / 1000.0)
                .put("configurationItemStatus", status)
                .put("configuration", "{\"groupName\": \"" + name + "\"}")
                .toString();
    }

    private static PriorState state(String name, Instant capturedAt) {
        return new PriorState(Json.object().put("groupName", name), capturedAt, "config");
    }
}
