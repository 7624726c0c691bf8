package dev.backstop.cdk;

import software.amazon.awscdk.SecretValue;

/** A secret that the user has made in Secrets Manager, by name or ARN: templates hold a reference, never the value. */
final class Secret {
    private Secret() {}

    /** What a grant on it names; Secrets Manager adds a hyphen and six characters to a name. */
    static String arn(String nameOrArn) {
        if (!nameOrArn.startsWith("arn:")) {
            return Grants.arn("secretsmanager", "secret:" + nameOrArn + "-??????");
        }
        return nameOrArn.matches(".*-[A-Za-z0-9]{6}") ? nameOrArn : nameOrArn + "-??????";
    }

    /** A dynamic reference, which CloudFormation resolves when it deploys. */
    static String reference(String nameOrArn) {
        return SecretValue.secretsManager(nameOrArn).unsafeUnwrap();
    }
}
