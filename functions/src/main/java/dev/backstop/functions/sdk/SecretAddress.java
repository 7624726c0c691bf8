package dev.backstop.functions.sdk;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** An address that is a secret, as Secrets Manager keeps it: read again after some minutes, since it may be replaced. */
public final class SecretAddress implements Supplier<URI> {
    /** The IAM actions that it needs; on a secret under a key of one's own its use comes on top. */
    public static final Set<String> ACTIONS = Set.of("secretsmanager:GetSecretValue");

    private static final Duration FRESH = Duration.ofMinutes(5);

    private final SecretsManagerClient secrets;
    private final String name;
    private final InstantSource clock;
    private @Nullable URI known;
    private Instant readAt = Instant.EPOCH;

    /** @param name of the secret, or its ARN */
    public SecretAddress(SecretsManagerClient secrets, String name, InstantSource clock) {
        this.secrets = secrets;
        this.name = name;
        this.clock = clock;
    }

    /** @throws IllegalStateException when the secret is no https address; the message does not show it */
    @Override
    public synchronized URI get() {
        Instant now = clock.instant();
        URI address = known;
        if (address == null || readAt.plus(FRESH).isBefore(now)) {
            address = read();
            known = address;
            readAt = now;
        }
        return address;
    }

    private URI read() {
        String value = secrets.getSecretValue(request -> request.secretId(name)).secretString();
        String text = value == null ? "" : value.strip();
        if (!text.matches("https://[A-Za-z0-9.-]+(:\\d+)?/[\\w!$&'()*+,;=:@%./?~-]*")) {
            throw new IllegalStateException("the secret " + name + " is not an address: put the webhook's URL into it, "
                    + "https://hooks.slack.com/services/…, and nothing else");
        }
        return URI.create(text);
    }
}
