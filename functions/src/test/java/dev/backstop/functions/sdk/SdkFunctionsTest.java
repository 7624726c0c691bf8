package dev.backstop.functions.sdk;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.noContent;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.backstop.core.contract.FunctionsContract;
import dev.backstop.core.port.Functions;
import dev.backstop.core.port.Functions.Place;
import dev.backstop.functions.MotoServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionUrlAuthType;
import software.amazon.awssdk.services.lambda.model.Runtime;

/** Functions over the SDK; qualifiers are stubbed, since moto_server keeps one policy and one URL a function. */
class SdkFunctionsTest extends FunctionsContract {
    private static final String TRUST = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
             "Principal": {"Service": "lambda.amazonaws.com"}}]}
            """;

    private final SdkClients clients = MotoServer.fresh().clients();
    private final LambdaClient lambda = clients.lambda();

    @RegisterExtension
    private final WireMockExtension stubbed = StubbedAws.server();

    @Override
    protected Functions functions() {
        return new SdkFunctions(lambda);
    }

    @Override
    protected void create(String function) {
        IamClient iam = clients.iam();
        String role = iam.createRole(
                        request -> request.roleName("runs-functions").assumeRolePolicyDocument(TRUST))
                .role()
                .arn();
        lambda.createFunction(request -> request.functionName(function)
                .role(role)
                .runtime(Runtime.PYTHON3_13)
                .handler("index.handler")
                .code(code -> code.zipFile(SdkBytes.fromByteArray(program()))));
    }

    @Override
    protected void permit(String function, String statementId) {
        lambda.addPermission(request -> request.functionName(function)
                .statementId(statementId)
                .action("lambda:InvokeFunction")
                .principal("*"));
    }

    @Override
    protected void createUrl(String function) {
        lambda.createFunctionUrlConfig(request -> request.functionName(function).authType(FunctionUrlAuthType.NONE));
    }

    @Test
    void namesTheQualifier() {
        stubbed.stubFor(any(anyUrl()).willReturn(noContent()));
        Place live = new Place("payment-webhook", "live");

        new SdkFunctions(StubbedAws.clients(stubbed).lambda()).removePermission(live, "agents");

        stubbed.verify(deleteRequestedFor(urlPathEqualTo("/2015-03-31/functions/payment-webhook/policy/agents"))
                .withQueryParam("Qualifier", equalTo("live")));
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
