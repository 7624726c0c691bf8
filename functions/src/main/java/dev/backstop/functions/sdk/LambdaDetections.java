package dev.backstop.functions.sdk;

import dev.backstop.core.Detection;
import dev.backstop.core.EventEnvelope;
import dev.backstop.core.Json;
import dev.backstop.core.port.Detections;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/**
 * The respond function, invoked as EventBridge invokes it: asynchronously, so that its retries and its on-failure
 * destination see to the rest.
 *
 * @param respond its name with the alias: {@code backstop-respond:live}
 */
public record LambdaDetections(LambdaClient lambda, String respond) implements Detections {
    /** The IAM actions that the method needs. */
    public static final Set<String> ACTIONS = Set.of("lambda:InvokeFunction");

    @Override
    public void hand(Detection detection) {
        String payload = Json.write(Detection.payload(detection.rule(), EventEnvelope.around(detection.record())));
        lambda.invoke(request -> request.functionName(respond)
                .invocationType(InvocationType.EVENT)
                .payload(SdkBytes.fromUtf8String(payload)));
    }
}
