package dev.backstop.remediations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.Records;
import dev.backstop.core.Step;
import dev.backstop.core.memory.LocalAws;
import dev.backstop.core.port.Functions.Place;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClosePublicFunctionTest {
    private static final Place FUNCTION = new Place("payment-webhook", null);
    private static final Place LIVE = new Place("payment-webhook", "live");
    private static final String STATEMENT = """
            {"Sid":"FunctionURLAllowPublicAccess","Effect":"Allow","Principal":"*","Action":"lambda:InvokeFunctionUrl",
             "Resource":"arn:aws:lambda:us-east-1:111122223333:function:payment-webhook",
             "Condition":{"StringEquals":{"lambda:FunctionUrlAuthType":"NONE"}}}""";
    private static final String ADDED = """
            {"functionName":"payment-webhook","statementId":"FunctionURLAllowPublicAccess","principal":"*",
             "action":"lambda:InvokeFunctionUrl","functionUrlAuthType":"NONE"}""";

    private final LocalAws aws = new LocalAws();

    @Test
    void thePermissionThatTheCallAddedIsRemovedAndNoOther() {
        aws.functions().permit(FUNCTION, "FunctionURLAllowPublicAccess", STATEMENT);
        aws.functions().permit(FUNCTION, "humans", STATEMENT);
        Step<?> step = Steps.only(added(ADDED));
        Steps.undo(step, aws);
        assertTrue(aws.functions().statement(FUNCTION, "humans").isPresent());
        assertEquals(
                "aws lambda remove-permission --region us-east-1 --function-name payment-webhook"
                        + " --statement-id FunctionURLAllowPublicAccess",
                step.command());
    }

    @Test
    void aPermissionOfAnAliasIsRemovedThere() {
        aws.functions().permit(LIVE, "FunctionURLAllowPublicAccess", STATEMENT);
        Step<?> step =
                Steps.only(added(ADDED.replace("{\"functionName\"", "{\"qualifier\":\"live\",\"functionName\"")));
        Steps.undo(step, aws);
        assertTrue(step.command().endsWith("--qualifier live"), step.command());
    }

    @Test
    void aPermissionThatSomebodyReplacedSinceIsLeftAlone() {
        Step<?> step = Steps.only(added(ADDED));
        Steps.assertDone(step, aws);
        aws.functions()
                .permit(FUNCTION, "FunctionURLAllowPublicAccess", STATEMENT.replace("\"*\"", "\"111122223333\""));
        assertTrue(Steps.mustNot(step, aws).startsWith("somebody gave"));
    }

    @Test
    void withoutTheStatementInTheRecordItsIdMustDo() {
        aws.functions().permit(FUNCTION, "FunctionURLAllowPublicAccess", STATEMENT);
        Steps.undo(
                Steps.only(Steps.plan(
                        new ClosePublicFunction(),
                        Records.call("lambda", "AddPermission20150331v2", ADDED, "null"),
                        null)),
                aws);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CreateFunctionUrlConfig", "CreateFunctionUrlConfig20211031"})
    void aUrlThatTheCallCreatedIsRemoved(String event) {
        aws.functions().createUrl(FUNCTION, "NONE");
        Step<?> step = Steps.only(url(event));
        Steps.undo(step, aws);
        assertEquals(Optional.empty(), aws.functions().urlAuth(FUNCTION));
        assertTrue(step.command().startsWith("aws lambda delete-function-url-config"), step.command());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UpdateFunctionUrlConfig", "UpdateFunctionUrlConfig20211031"})
    void anOlderUrlAsksForSignedCallsAgain(String event) {
        aws.functions().createUrl(FUNCTION, "NONE");
        Step<?> step = Steps.only(url(event));
        Steps.undo(step, aws);
        assertEquals(Optional.of("AWS_IAM"), aws.functions().urlAuth(FUNCTION));
        assertTrue(step.command().endsWith("--auth-type AWS_IAM"), step.command());
    }

    @ParameterizedTest
    @ValueSource(strings = {"CreateFunctionUrlConfig20211031", "UpdateFunctionUrlConfig20211031"})
    void aUrlThatIsClosedOrGoneIsLeftAlone(String event) {
        Steps.assertDone(Steps.only(url(event)), aws);
        aws.functions().createUrl(FUNCTION, "AWS_IAM");
        Steps.assertDone(Steps.only(url(event)), aws);
    }

    @Test
    void whatTheRecordDoesNotSayIsNotGuessed() {
        assertTrue(
                Steps.refusal(added("{\"functionName\":\"payment-webhook\"}")).contains("which statement"));
        assertTrue(Steps.refusal(added("{}")).contains("which function"));
        assertTrue(Steps.refusal(url("CreateFunction20150331")).contains("does not undo"));
    }

    private static Plan added(String request) {
        String response = Json.object().put("statement", STATEMENT).toString();
        return Steps.plan(
                new ClosePublicFunction(), Records.call("lambda", "AddPermission20150331v2", request, response), null);
    }

    private static Plan url(String event) {
        String request = "{\"functionName\":\"payment-webhook\",\"authType\":\"NONE\"}";
        return Steps.plan(
                new ClosePublicFunction(), Records.call("lambda", event, request, "{\"authType\":\"NONE\"}"), null);
    }
}
