package dev.backstop.functions.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A queue on a local AWS, for tests to see what arrives. */
record TestQueue(SqsClient sqs, String url) {
    static TestQueue create(SdkClients clients) {
        SqsClient sqs = clients.ready(SqsClient.builder());
        return new TestQueue(
                sqs, sqs.createQueue(request -> request.queueName("listener")).queueUrl());
    }

    String arn() {
        return sqs.getQueueAttributes(request -> request.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
    }

    /** What has arrived, which a local AWS delivers before the sending call returns. */
    List<JsonNode> messages() {
        List<JsonNode> messages = new ArrayList<>();
        List<Message> batch;
        do {
            batch = sqs.receiveMessage(request -> request.queueUrl(url).maxNumberOfMessages(10))
                    .messages();
            batch.forEach(message -> messages.add(Json.read(message.body())));
        } while (!batch.isEmpty());
        return messages;
    }
}
