package dev.backstop.rules;

import dev.backstop.core.Rule;
import java.util.Arrays;
import java.util.List;

/** Which remediation a rule carries where its file leaves that to the configuration, by a placeholder. */
enum RemediationChoice {
    LAUNCH("${launchRemediation}") {
        @Override
        String remediation(Configuration configuration) {
            return switch (configuration.reverts().launched()) {
                case STOP -> "stop-launched-instances";
                case ISOLATE -> "isolate-launched-instances";
                case TERMINATE -> "terminate-launched-instances";
            };
        }
    },
    INSTANCE_TYPE("${instanceTypeRemediation}") {
        @Override
        String remediation(Configuration configuration) {
            return switch (configuration.reverts().restart()) {
                case TAGGED -> "restore-instance-type";
                case ALWAYS -> "restore-instance-type-with-restart";
            };
        }
    },
    CREATED_USER("${createdUserRemediation}") {
        @Override
        String remediation(Configuration configuration) {
            return switch (configuration.reverts().users()) {
                case DISABLE -> "disable-created-user";
                case STRIP -> "strip-created-user";
            };
        }
    };

    private final String placeholder;

    RemediationChoice(String placeholder) {
        this.placeholder = placeholder;
    }

    abstract String remediation(Configuration configuration);

    static List<String> placeholders() {
        return Arrays.stream(values()).map(choice -> choice.placeholder).toList();
    }

    /** The rule with the remediation that the configuration chooses, or as it is where its file names one. */
    static Rule made(Rule rule, Configuration configuration) {
        return Arrays.stream(values())
                .filter(choice -> choice.placeholder.equals(rule.remediation()))
                .findFirst()
                .map(choice -> rule.undoneBy(choice.remediation(configuration)))
                .orElse(rule);
    }
}
