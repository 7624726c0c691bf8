package dev.backstop.cdk;

import dev.backstop.cdk.Calls.Caller;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OnCallPolicyTest {
    @Test
    void whoeverIsOnCallMayInvokeTheFourAndNothingElse() {
        Calls.of("""
                allowed     | lambda:InvokeFunction     | function:backstop-revoke:live
                allowed     | lambda:InvokeFunction     | function:backstop-restore:live
                allowed     | lambda:InvokeFunction     | function:backstop-sessions:live
                allowed     | lambda:InvokeFunction     | function:backstop-drill:live
                not allowed | lambda:InvokeFunction     | function:backstop-respond:live
                not allowed | lambda:InvokeFunction     | function:backstop-revoke
                not allowed | lambda:InvokeFunction     | function:backstop-revoke:7
                not allowed | lambda:InvokeFunction     | function:web
                not allowed | lambda:UpdateFunctionCode | function:backstop-revoke:live
                not allowed | lambda:GetFunction        | function:backstop-revoke:live
                not allowed | iam:PutRolePolicy         | role/agents/deployer
                not allowed | dynamodb:PutItem          | table/backstop
                not allowed | sns:Publish               | backstop-alerts
                """).judge(onCall(Map.of()));
    }

    @Test
    void withoutAnAliasTheFunctionsThemselves() {
        Calls.of("""
                allowed     | lambda:InvokeFunction | function:backstop-revoke
                allowed     | lambda:InvokeFunction | function:backstop-drill
                not allowed | lambda:InvokeFunction | function:backstop-respond
                """).judge(onCall(Map.of("alias", "false")));
    }

    private static Caller onCall(Map<String, Object> context) {
        return new Caller("maria", List.of(Synthesized.home(context).managedPolicy("BackstopOnCall")), null);
    }
}
