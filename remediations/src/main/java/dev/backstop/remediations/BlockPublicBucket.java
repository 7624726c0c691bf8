package dev.backstop.remediations;

import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Buckets.Acl;
import dev.backstop.core.port.Buckets.Block;
import dev.backstop.core.port.Buckets.Grant;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Blocks public access to a bucket whose former policy or access control list is not known, while it still is as open as
 * the call made it; both are left as they are, so that nothing is lost.
 *
 * @param policy the policy that the call set; empty where it set none
 * @param opened what the call granted to people whom nobody knows; empty where it granted nothing
 */
record BlockPublicBucket(Resource resource, Optional<PolicyDocument> policy, Set<Grant> opened)
        implements Step<BlockPublicBucket.Live> {
    /** The block, and what it would keep from taking effect. */
    record Live(Set<Block> block, Optional<PolicyDocument> policy, Set<Grant> open) {}

    @Override
    public String action() {
        return "s3:PutBucketPublicAccessBlock";
    }

    @Override
    public String summary() {
        return "block public access to " + resource.id() + ", since what it was before is not known";
    }

    @Override
    public String command() {
        return BlockCommand.line(resource, Block.all());
    }

    @Override
    public Live read(Aws aws) {
        return new Live(
                aws.buckets().block(resource.id()),
                aws.buckets().policy(resource.id()).flatMap(PolicyDocument::read),
                aws.buckets().acl(resource.id()).map(Acl::open).orElse(Set.of()));
    }

    @Override
    public Comparison compare(Live live) {
        if (live.block().equals(Block.all())) {
            return new Comparison.NothingLeft("public access is blocked");
        }
        boolean stands =
                policy.isPresent() ? policy.equals(live.policy()) : live.open().containsAll(opened);
        boolean gone =
                policy.isPresent() ? live.policy().isEmpty() : live.open().isEmpty();
        if (gone) {
            return new Comparison.NothingLeft("what opened the bucket is gone");
        }
        return stands ? new Comparison.AsExpected() : new Comparison.MustNot("somebody changed it since");
    }

    @Override
    public void apply(Aws aws, Live live) {
        aws.buckets().putBlock(resource.id(), Block.all());
    }

    @Override
    public List<Step<?>> again(Live found) {
        return List.of(new SetBucketBlock(resource, Block.all(), found.block()));
    }

    @Override
    public String show(Live state) {
        return BlockCommand.words(state.block())
                + state.policy()
                        .map(document -> ", policy of " + document.words())
                        .orElse(", no policy")
                + (state.open().isEmpty() ? "" : ", open by its access control list");
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(5);
    }
}
