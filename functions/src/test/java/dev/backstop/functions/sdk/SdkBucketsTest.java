package dev.backstop.functions.sdk;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.backstop.core.contract.BucketsContract;
import dev.backstop.core.port.Buckets;
import dev.backstop.core.port.Buckets.Holder;
import dev.backstop.functions.MotoServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Buckets over the SDK; other accounts' buckets are stubbed, since moto_server shows every account the same ones. */
class SdkBucketsTest extends BucketsContract {
    private final S3Client s3 = MotoServer.fresh().clients().s3();

    @RegisterExtension
    private final WireMockExtension stubbed = StubbedAws.server();

    @Override
    protected Buckets buckets() {
        return new SdkBuckets(s3);
    }

    @Override
    protected void create(String bucket) {
        s3.createBucket(request ->
                request.bucket(bucket).createBucketConfiguration(where -> where.locationConstraint("eu-west-1")));
    }

    @Test
    void aNameThatSomebodyElseHoldsIsForbidden() {
        answer(403, "AccessDenied");

        assertEquals(Holder.SOMEBODY_ELSE, onStub().holder("taken"));
    }

    @Test
    void otherErrorsEscape() {
        answer(403, "AccessDenied");

        assertThrows(S3Exception.class, () -> onStub().policy("taken"));
        assertThrows(S3Exception.class, () -> onStub().block("taken"));
    }

    private Buckets onStub() {
        return new SdkBuckets(StubbedAws.clients(stubbed).s3());
    }

    private void answer(int status, String code) {
        stubbed.stubFor(any(anyUrl())
                .willReturn(aResponse()
                        .withStatus(status)
                        .withBody("<Error><Code>" + code + "</Code><Message>no</Message></Error>")));
    }
}
