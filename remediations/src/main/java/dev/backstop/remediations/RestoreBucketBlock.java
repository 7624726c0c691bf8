package dev.backstop.remediations;

import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.port.Buckets.Block;
import java.util.EnumSet;
import java.util.Set;

/**
 * Switches parts of a bucket's public access block on again; what somebody has switched on since stays on.
 *
 * @param left the parts that the call left on
 * @param wanted the parts to be on
 */
record RestoreBucketBlock(Resource resource, Set<Block> left, Set<Block> wanted) implements BlockStep {
    @Override
    public String summary() {
        return "switch " + BlockCommand.words(wanted) + " of " + resource.id() + " on again";
    }

    @Override
    public String command() {
        return BlockCommand.line(resource, wanted);
    }

    @Override
    public Comparison compare(Set<Block> live) {
        if (live.containsAll(wanted)) {
            return new Comparison.NothingLeft("public access is blocked again");
        }
        return live.containsAll(left)
                ? new Comparison.AsExpected()
                : new Comparison.MustNot("somebody changed the public access block since, to " + show(live));
    }

    @Override
    public Set<Block> after(Set<Block> live) {
        Set<Block> on = EnumSet.copyOf(wanted);
        on.addAll(live);
        return on;
    }
}
