package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Takes away the console password that a call set.
 *
 * @param setAt when the call was made
 */
record RemovePassword(Resource resource, Instant setAt) implements Step<Optional<Instant>> {
    /** The record's time and IAM's own may differ by the part of a second that neither tells. */
    private static final Duration SAME = Duration.ofSeconds(5);

    @Override
    public String action() {
        return "iam:DeleteLoginProfile";
    }

    @Override
    public String summary() {
        return "take the console password of user " + resource.id() + " away, which had none before";
    }

    @Override
    public String command() {
        return Command.line("aws", "iam", "delete-login-profile", "--user-name", resource.id());
    }

    @Override
    public Optional<Instant> read(Aws aws) {
        return aws.users().passwordSince(resource.id());
    }

    @Override
    public Comparison compare(Optional<Instant> live) {
        if (live.isEmpty()) {
            return new Comparison.NothingLeft("the user has no password");
        }
        return live.get().isAfter(setAt.plus(SAME))
                ? new Comparison.MustNot("somebody took that password away and set another since")
                : new Comparison.AsExpected();
    }

    @Override
    public void apply(Aws aws, Optional<Instant> live) {
        aws.users().deletePassword(resource.id());
    }

    @Override
    public String show(Optional<Instant> state) {
        return state.map(since -> "a password since " + since).orElse("no password");
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(10);
    }
}
