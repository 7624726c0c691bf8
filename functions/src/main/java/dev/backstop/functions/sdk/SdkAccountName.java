package dev.backstop.functions.sdk;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.IamClient;

/**
 * What the account is called: its <a
 * href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html">alias</a>, asked for once a process.
 */
public final class SdkAccountName implements Supplier<Optional<String>> {
    /** The IAM actions that it needs. */
    public static final Set<String> ACTIONS = Set.of("iam:ListAccountAliases");

    /** An alert waits no longer for a name. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Supplier<IamClient> iam;
    private Optional<String> name = Optional.empty();
    private boolean asked;

    /** @param iam built when the name is first asked for */
    public SdkAccountName(Supplier<IamClient> iam) {
        this.iam = iam;
    }

    /** Empty where it has none, or IAM does not tell: an alert without it says all the same. */
    @Override
    public synchronized Optional<String> get() {
        if (!asked) {
            name = ask();
            asked = true;
        }
        return name;
    }

    private Optional<String> ask() {
        try {
            return iam
                    .get()
                    .listAccountAliases(request -> request.overrideConfiguration(call -> call.apiCallTimeout(PATIENCE)))
                    .accountAliases()
                    .stream()
                    .findFirst();
        } catch (SdkException _) {
            return Optional.empty();
        }
    }
}
