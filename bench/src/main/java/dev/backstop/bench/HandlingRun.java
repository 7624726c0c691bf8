package dev.backstop.bench;

import dev.backstop.functions.handler.RespondHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.sns.SnsClient;

/** The process that handles violations, by the respond handler and barely, in turns; prints what each one took. */
final class HandlingRun {
    static final String INIT = "init";
    static final String HANDLER = "handler";
    static final String BARE = "bare";

    private static final String TOPIC = "arn:aws:sns:us-east-1:111122223333:backstop-alerts";

    private HandlingRun() {}

    /** @param arguments the input's template, how many violations each, and {@code handler} when there is no other */
    public static void main(String[] arguments) throws IOException {
        String template = Files.readString(Path.of(arguments[0]));
        int violations = Integer.parseInt(arguments[1]);
        boolean alone = arguments[2].equals(HANDLER);
        Clock init = Clock.start();
        RespondHandler handler = new RespondHandler();
        init.print(INIT);
        SdkHttpClient http = UrlConnectionHttpClient.builder().build();
        Ec2Client ec2 = Ec2Client.builder().httpClient(http).build();
        SnsClient sns = SnsClient.builder().httpClient(http).build();
        for (int number = 0; number < violations; number++) {
            byte[] input = Violation.of(template, 2 * number).getBytes(StandardCharsets.UTF_8);
            Invocation invocation = new Invocation("request-" + number);
            Clock handling = Clock.start();
            handler.handleRequest(new ByteArrayInputStream(input), OutputStream.nullOutputStream(), invocation);
            handling.print(HANDLER);
            if (!alone) {
                Clock minimum = Clock.start();
                close(ec2, sns, Violation.group(2 * number + 1));
                minimum.print(BARE);
            }
        }
    }

    /** As little as closes the rule and tells somebody: no look before or after, no journal, no owner. */
    private static void close(Ec2Client ec2, SnsClient sns, String group) {
        ec2.revokeSecurityGroupIngress(request -> request.groupId(group).securityGroupRuleIds(Violation.ruleOf(group)));
        sns.publish(request -> request.topicArn(TOPIC).message("closed " + group));
    }
}
