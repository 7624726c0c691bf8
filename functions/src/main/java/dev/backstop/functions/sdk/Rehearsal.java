package dev.backstop.functions.sdk;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * A transport on which nothing is sent and every call succeeds with as little as its protocol allows: so that the SDK's
 * classes are loaded and its code is warm before the first real call.
 */
final class Rehearsal implements SdkHttpClient {
    private static final String XML = "<Answer/>";

    /** What any of the JSON calls reads of an answer; each ignores what it does not know. */
    private static final String JSON = """
            {"FailedEntryCount":0,"Entries":[],"eventId":"rehearsal","rule":"rehearsal","action":"revoke",\
            "step":"","status":"applied","verified":true,"message":""}""";

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        boolean query = request.httpRequest()
                .firstMatchingHeader("Content-Type")
                .orElse("")
                .contains("x-www-form-urlencoded");
        return new Answer((query ? XML : JSON).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Answer(byte[] body) implements ExecutableHttpRequest {
        @Override
        public HttpExecuteResponse call() {
            return HttpExecuteResponse.builder()
                    .response(SdkHttpResponse.builder().statusCode(200).build())
                    .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
                    .build();
        }

        @Override
        public void abort() {}
    }
}
