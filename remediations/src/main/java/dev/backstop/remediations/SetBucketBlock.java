package dev.backstop.remediations;

import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.port.Buckets.Block;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sets a bucket's public access block to what it was, parts that were off included.
 *
 * @param from the parts that must still be on, and no others
 * @param to the parts to be on, and no others
 */
record SetBucketBlock(Resource resource, Set<Block> from, Set<Block> to) implements BlockStep {
    SetBucketBlock {
        from = Collections.unmodifiableSet(new TreeSet<>(from));
        to = Collections.unmodifiableSet(new TreeSet<>(to));
    }

    @Override
    public String summary() {
        return "give " + resource.id() + " " + BlockCommand.words(to) + " again";
    }

    @Override
    public String command() {
        return BlockCommand.line(resource, to);
    }

    @Override
    public Comparison compare(Set<Block> live) {
        if (live.equals(to)) {
            return new Comparison.NothingLeft("the bucket has " + BlockCommand.words(to) + " again");
        }
        return live.equals(from)
                ? new Comparison.AsExpected()
                : new Comparison.MustNot("somebody changed the public access block since, to " + show(live));
    }

    @Override
    public Set<Block> after(Set<Block> live) {
        return to;
    }
}
