package dev.backstop.functions.handler;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.nio.charset.StandardCharsets;

/** What Lambda hands a handler, with the log kept. */
final class TestContext implements Context, LambdaLogger {
    private final StringBuilder log = new StringBuilder();

    String log() {
        return log.toString();
    }

    @Override
    public void log(String message) {
        log.append(message).append('\n');
    }

    @Override
    public void log(byte[] message) {
        log(new String(message, StandardCharsets.UTF_8));
    }

    @Override
    public String getAwsRequestId() {
        return "request-1";
    }

    @Override
    public LambdaLogger getLogger() {
        return this;
    }

    @Override
    public String getLogGroupName() {
        return "/aws/lambda/test";
    }

    @Override
    public String getLogStreamName() {
        return "test";
    }

    @Override
    public String getFunctionName() {
        return "test";
    }

    @Override
    public String getFunctionVersion() {
        return "1";
    }

    @Override
    public String getInvokedFunctionArn() {
        return "arn:aws:lambda:us-east-1:111122223333:function:test:live";
    }

    @Override
    public CognitoIdentity getIdentity() {
        throw new IllegalStateException("not used");
    }

    @Override
    public ClientContext getClientContext() {
        throw new IllegalStateException("not used");
    }

    @Override
    public int getRemainingTimeInMillis() {
        return 60_000;
    }

    @Override
    public int getMemoryLimitInMB() {
        return 1_024;
    }
}
