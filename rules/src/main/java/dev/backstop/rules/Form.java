package dev.backstop.rules;

import java.util.regex.Pattern;

/** The forms of configured words: what AWS never calls anything, a wildcard for instance, would silently match nothing. */
enum Form {
    ROLE_PREFIX(
            "(?!role/)[\\w+=,.@-][\\w+=,.@/-]*",
            "the beginning of a role's path and name without the first slash, such as agents/ or agent-"),
    SOURCE_IDENTITY("[\\w+=,.@-]{1,64}", "the beginning of a source identity, such as sess_"),
    SESSION_NAME(
            "[\\w+=,.@-]{1,64}/[\\w+=,.@-]{1,64}",
            "a role's name, a slash and the beginning of a session name, such as shared/claude-"),
    INSTANCE_TYPE("[a-z0-9-]+\\.[a-z0-9-]+", "an EC2 instance type, such as t3.micro"),
    DATABASE_CLASS("db(\\.[a-z0-9-]+)+", "an RDS instance class, such as db.t3.micro"),
    REGION("[a-z]{2,4}(-[a-z]+)+-\\d{1,2}", "the code of a Region, such as eu-central-1"),
    SECRET(
            "(arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\\d{12}:secret:)?[A-Za-z0-9/_+=.@-]{1,512}",
            "the name or ARN of a secret in Secrets Manager, such as backstop-slack, never the secret itself"),
    WORKSPACE("T[A-Z0-9]{2,254}", "the id of a Slack workspace, such as T0123ABCD"),
    CHANNEL("[CG][A-Z0-9]{2,254}", "the id of a Slack channel, such as C0123ABCD"),
    ADDRESS(
            "https://[A-Za-z0-9.-]+(:\\d{1,5})?(/[A-Za-z0-9._~!$&'()+,;=:@%/-]*)?",
            "an address that begins with https://, without user and password: what lets Backstop in goes into httpsSecret"),
    HEADER("[A-Za-z0-9-]{1,100}", "the name of an HTTP header, such as Authorization");

    private final Pattern pattern;
    private final String meaning;

    Form(String pattern, String meaning) {
        this.pattern = Pattern.compile(pattern);
        this.meaning = meaning;
    }

    boolean isOf(String word) {
        return pattern.matcher(word).matches();
    }

    /** What to say where a word has another form. */
    String expected(String word) {
        if (this == SECRET || this == ADDRESS) {
            return "expected " + meaning; // What was given may be or hold one, and messages end in the logs of builds.
        }
        return "expected " + meaning + ", not " + word + (word.contains("*") ? "; wildcards are not known here" : "");
    }
}
