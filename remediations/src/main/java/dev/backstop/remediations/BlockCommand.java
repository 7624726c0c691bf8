package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Resource;
import dev.backstop.core.port.Buckets.Block;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** A public access block in words, and as the command that sets it. */
final class BlockCommand {
    private BlockCommand() {}

    static String words(Set<Block> on) {
        return on.isEmpty()
                ? "no public access block"
                : on.equals(Block.all())
                        ? "the whole public access block"
                        : Arrays.stream(Block.values())
                                .filter(on::contains)
                                .map(Block::field)
                                .collect(Collectors.joining(" and "));
    }

    /** Blocks public access to every bucket of an account. */
    static String wholeAccount(String account) {
        return Command.line(
                "aws",
                "s3control",
                "put-public-access-block",
                "--account-id",
                account,
                "--public-access-block-configuration",
                parts(Block.all()));
    }

    static String line(Resource bucket, Set<Block> on) {
        return Command.line(
                "aws",
                "s3api",
                "put-public-access-block",
                "--region",
                bucket.region(),
                "--bucket",
                bucket.id(),
                "--public-access-block-configuration",
                parts(on));
    }

    private static String parts(Set<Block> on) {
        return Arrays.stream(Block.values())
                .map(part -> part.field() + "=" + on.contains(part))
                .collect(Collectors.joining(","));
    }
}
