package dev.backstop.remediations;

import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.port.Aws;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what a deleted function, or version of one, was, and which versions there still are.
 *
 * @param version the version that was deleted; null where all of the function was
 * @param was its last configuration in words
 * @param command creates it again
 */
record DeletedFunction(Resource resource, @Nullable String version, String was, String command)
        implements ByHand<List<String>> {
    @Override
    public String action() {
        return "lambda:CreateFunction";
    }

    @Override
    public String summary() {
        return version == null
                ? "create function " + resource.id() + " again"
                : "publish version " + version + " of function " + resource.id() + " again";
    }

    @Override
    public List<String> read(Aws aws) {
        return aws.functions().versions(resource.id());
    }

    @Override
    public Comparison compare(List<String> live) {
        boolean there = version == null ? !live.isEmpty() : live.contains(version);
        if (there) {
            return new Comparison.NothingLeft("it is there again");
        }
        return new Comparison.MustNot(
                "cannot be undone: Lambda keeps no code of what was deleted; deploy it from its source"
                        + (live.isEmpty() ? "" : ". The function itself still has version " + String.join(", ", live)));
    }

    @Override
    public String show(List<String> live) {
        return (live.isEmpty() ? "gone" : "version " + String.join(", ", live)) + "; it was " + was;
    }
}
