package dev.backstop.cli.account;

import dev.backstop.core.BadInputException;
import dev.backstop.functions.sdk.BackstopTable;
import dev.backstop.functions.sdk.DynamoControls;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
        return reached(
                account,
                "; sessions, journal and revocations are kept in memory, for this run only",
                "; alerts are printed here",
                Stack::isDoneWithout,
                notes);
    }

    /**
     * Looks for it for a command that must not fail for want of it, whatever the reason.
     *
     * @param withoutTable what is done without the table
     * @param withoutTopic what is done without the topic
     * @param notes takes one line for each part that is not there
     */
    public static Stack asFarAsReached(
            Account account, String withoutTable, String withoutTopic, Consumer<String> notes) {
        return reached(account, withoutTable, withoutTopic, _ -> true, notes);
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
    private static boolean isDoneWithout(SdkException e) {
        return Refusal.isMissing(e) || Refusal.isDenied(e);
    }

    private static Stack reached(
            Account account,
            String withoutTable,
            String withoutTopic,
            Predicate<SdkException> doneWithout,
            Consumer<String> notes) {
        return new Stack(
                reached(() -> readTable(account), tableName(account), withoutTable, doneWithout, notes),
                reached(() -> readTopic(account), topicName(account), withoutTopic, doneWithout, notes));
    }

    private static <T> Optional<T> reached(
            Supplier<T> part,
            String name,
            String instead,
            Predicate<SdkException> doneWithout,
            Consumer<String> notes) {
        try {
            return Optional.of(part.get());
        } catch (SdkException e) {
            if (!doneWithout.test(e)) {
                throw e;
            }
            String why = Refusal.isMissing(e)
                    ? " is not there"
                    : (Refusal.isDenied(e) ? " may not be used by these credentials (" : " cannot be used (")
                            + Refusal.of(e) + ")";
            notes.accept(name + why + instead);
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
