package dev.backstop.cli.doctor;

import dev.backstop.cli.account.Account;
import dev.backstop.cli.account.Refusal;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** Whether the functions are there, under the alias that rules and people call them by. */
record FunctionsCheck(Account account, boolean throughAlias) {
    private static final String ALIAS = "live";
    private static final List<String> FUNCTIONS =
            List.of("backstop-respond", "backstop-revoke", "backstop-restore", "backstop-sessions", "backstop-drill");

    List<Check> look() {
        List<String> found = new ArrayList<>();
        List<Check> checks = new ArrayList<>();
        for (String function : FUNCTIONS) {
            String name = throughAlias ? function + ":" + ALIAS : function;
            try {
                found.add(name + version(function));
            } catch (SdkException e) {
                if (!Refusal.isMissing(e)) {
                    throw e;
                }
                checks.add(Check.problem("functions", name + " is not there", Doctor.DEPLOY));
            }
        }
        if (checks.isEmpty()) {
            checks.add(Check.ok("functions", String.join(", ", found)));
        }
        return checks;
    }

    private String version(String function) {
        LambdaClient lambda = account.clients().lambda();
        if (!throughAlias) {
            lambda.getFunctionConfiguration(request -> request.functionName(function));
            return "";
        }
        return " (version "
                + lambda.getAlias(request -> request.functionName(function).name(ALIAS))
                        .functionVersion()
                + ")";
    }
}
