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
 * Gives a bucket back the policy it had, or none.
 *
 * @param made the policy that the call set; empty where it removed it
 * @param previous the policy before the call; empty where the bucket had none
 */
record RestoreBucketPolicy(Resource resource, Optional<PolicyDocument> made, Optional<PolicyDocument> previous)
        implements Step<Optional<PolicyDocument>> {
    @Override
    public String action() {
        return previous.isPresent() ? "s3:PutBucketPolicy" : "s3:DeleteBucketPolicy";
    }

    @Override
    public String summary() {
        return previous.map(policy -> "put back the previous policy of " + resource.id() + " (" + policy.words() + ")")
                .orElse("remove the policy of " + resource.id() + ", which had none before");
    }

    @Override
    public String command() {
        return previous.map(policy ->
                        Command.line("aws", "s3api", "put-bucket-policy", "--region", resource.region(), "--bucket")
                                + " " + Command.line(resource.id(), "--policy", policy.text()))
                .orElseGet(() -> Command.line(
                        "aws",
                        "s3api",
                        "delete-bucket-policy",
                        "--region",
                        resource.region(),
                        "--bucket",
                        resource.id()));
    }

    @Override
    public Optional<PolicyDocument> read(Aws aws) {
        return aws.buckets().policy(resource.id()).flatMap(PolicyDocument::read);
    }

    @Override
    public Comparison compare(Optional<PolicyDocument> live) {
        if (live.equals(previous)) {
            return new Comparison.NothingLeft("the bucket's policy is the previous one again");
        }
        return live.equals(made)
                ? new Comparison.AsExpected()
                : new Comparison.MustNot(
                        "somebody " + (live.isEmpty() ? "removed the policy since" : "set another policy since"));
    }

    @Override
    public void apply(Aws aws, Optional<PolicyDocument> live) {
        previous.ifPresentOrElse(policy -> aws.buckets().putPolicy(resource.id(), policy.text()), () -> aws.buckets()
                .deletePolicy(resource.id()));
    }

    @Override
    public List<Step<?>> again(Optional<PolicyDocument> found) {
        return List.of(new RestoreBucketPolicy(resource, previous, found));
    }

    @Override
    public String show(Optional<PolicyDocument> state) {
        return state.map(policy -> "policy of " + policy.words()).orElse("no policy");
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(5);
    }
}
