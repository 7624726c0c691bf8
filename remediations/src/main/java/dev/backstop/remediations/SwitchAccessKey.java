package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Makes one access key of a user inactive, or active again; see <a
 * href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html">UpdateAccessKey</a>.
 *
 * @param resource the user
 */
record SwitchAccessKey(Resource resource, String accessKeyId, boolean active) implements Step<Optional<Boolean>> {
    @Override
    public String action() {
        return "iam:UpdateAccessKey";
    }

    @Override
    public String summary() {
        return "set access key " + accessKeyId + " of user " + resource.id() + (active ? " active" : " inactive");
    }

    @Override
    public String command() {
        return Command.line(
                "aws",
                "iam",
                "update-access-key",
                "--status",
                active ? "Active" : "Inactive",
                "--user-name",
                resource.id(),
                "--access-key-id",
                accessKeyId);
    }

    @Override
    public Optional<Boolean> read(Aws aws) {
        return aws.accessKeys().active(resource.id(), accessKeyId);
    }

    @Override
    public Comparison compare(Optional<Boolean> live) {
        return live.map(is -> is == active
                        ? new Comparison.NothingLeft("the key is " + show(live))
                        : (Comparison) new Comparison.AsExpected())
                .orElseGet(() -> new Comparison.NothingLeft("the key is gone"));
    }

    @Override
    public void apply(Aws aws, Optional<Boolean> live) {
        aws.accessKeys().activate(resource.id(), accessKeyId, active);
    }

    @Override
    public List<Step<?>> again(Optional<Boolean> found) {
        return List.of(new SwitchAccessKey(resource, accessKeyId, !active));
    }

    @Override
    public String show(Optional<Boolean> state) {
        return state.map(is -> is ? "active" : "inactive").orElse("gone");
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(5);
    }
}
