package dev.backstop.remediations;

import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Buckets.Block;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A step about a bucket's public access block: how it is read, shown, written and undone. */
sealed interface BlockStep extends Step<Set<Block>> permits RestoreBucketBlock, SetBucketBlock {
    /** The parts that are on once the step is made. */
    Set<Block> after(Set<Block> live);

    @Override
    default String action() {
        return "s3:PutBucketPublicAccessBlock";
    }

    @Override
    default Set<Block> read(Aws aws) {
        return aws.buckets().block(resource().id());
    }

    @Override
    default void apply(Aws aws, Set<Block> live) {
        aws.buckets().putBlock(resource().id(), after(live));
    }

    @Override
    default List<Step<?>> again(Set<Block> found) {
        return List.of(new SetBucketBlock(resource(), after(found), found));
    }

    @Override
    default String show(Set<Block> state) {
        return BlockCommand.words(state);
    }

    @Override
    default Duration settlesWithin() {
        return Duration.ofSeconds(5);
    }
}
