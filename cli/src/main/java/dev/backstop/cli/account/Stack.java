package dev.backstop.cli.account;

import dev.backstop.core.BadInputException;
import dev.backstop.functions.sdk.BackstopTable;
import dev.backstop.functions.sdk.DynamoControls;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What of the deployed stack the caller can reach, asked for by one call each.
 *
 * @param table empty where there is none, or the caller may not read it
 * @param topicArn empty where there is none, or the caller may not see it
 */
public record Stack(Optional<BackstopTable> table, Optional<String> topicArn) {
    private static final String TABLE = "backstop";
    private static final String TOPIC = "backstop-alerts";

    /**
     * Looks for it.
     *
     * @param notes takes one line for each part that is not there
     */
    public static Stack in(Account account, Consumer<String> notes) {
        String instead = "; sessions, journal and revocations are kept in memory, for this run only";
        return new Stack(
                reached(() -> readTable(account), tableName(account), instead, notes),
                reached(() -> readTopic(account), topicName(account), "; alerts are printed here", notes));
    }

    /**
     * The table, for a command that is about nothing else.
     *
     * @throws BadInputException when it is not there or may not be read
     */
    public static BackstopTable table(Account account) {
        try {
            return readTable(account);
        } catch (SdkException e) {
            if (Refusal.isMissing(e)) {
                throw new BadInputException(
                        tableName(account),
                        "table",
                        "is not there: deploy the stack (cdk deploy), or set AWS_REGION to the Region it is in");
            }
            throw new BadInputException(tableName(account), "table", "cannot be read: " + Refusal.of(e));
        }
    }

    /** The ARN of the alert topic, whether it is there or not. */
    public static String topicArn(Account account) {
        return "arn:" + account.partition() + ":sns:" + account.region() + ":" + account.id() + ":" + TOPIC;
    }

    /** The table, asked for once; what AWS says against it escapes. */
    public static BackstopTable readTable(Account account) {
        BackstopTable table = new BackstopTable(account.clients().dynamoDb(), TABLE);
        new DynamoControls(table, InstantSource.system()).modes();
        return table;
    }

    private static String readTopic(Account account) {
        String arn = topicArn(account);
        account.clients().sns().getTopicAttributes(request -> request.topicArn(arn));
        return arn;
    }

    /** Only what is missing or forbidden is done without: with anything else wrong, nothing should begin. */
    private static <T> Optional<T> reached(Supplier<T> part, String name, String instead, Consumer<String> notes) {
        try {
            return Optional.of(part.get());
        } catch (SdkException e) {
            if (Refusal.isMissing(e)) {
                notes.accept(name + " is not there" + instead);
            } else if (Refusal.isDenied(e)) {
                notes.accept(name + " may not be used by these credentials (" + Refusal.of(e) + ")" + instead);
            } else {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** What to call the table in a message. */
    public static String tableName(Account account) {
        return "the table " + TABLE + " in " + account.words();
    }

    private static String topicName(Account account) {
        return "the topic " + TOPIC + " in " + account.words();
    }
}
