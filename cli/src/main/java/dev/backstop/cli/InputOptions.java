package dev.backstop.cli;

import dev.backstop.cli.bucket.Bucket;
import dev.backstop.cli.input.Inputs;
import dev.backstop.cli.input.Period;
import dev.backstop.core.BadInputException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What to read: files, folders, standard input and buckets, and of which time. */
final class InputOptions {
    /** Told here, so that the SDK is not even looked at where no bucket is named. */
    private static final String BUCKET = "s3://";

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = MomentOption.class,
            description = {
                "Only calls from then on: 2026-11-20T10:54:06Z, a day in UTC such as 2026-11-20, or so long ago: 7d, 12h.",
                "In a bucket, log files of other days are not read."
            })
    MomentOption.@Nullable Moment since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = MomentOption.class,
            description = "Only calls before then; a day is meant whole.")
    MomentOption.@Nullable Moment until;

    @Parameters(
            paramLabel = "INPUT",
            arity = "1..*",
            description = "What to read: a file, a folder, s3://BUCKET/PREFIX, or - for standard input.")
    List<String> names = new ArrayList<>();

    /**
     * The time that was asked for.
     *
     * @throws BadInputException when there is nothing in it
     */
    Period period() {
        Instant from = since == null ? Instant.MIN : since.start();
        Instant to = until == null ? Instant.MAX : until.end();
        if (!from.isBefore(to)) {
            throw new BadInputException("--until", "TIME", "is not after --since: no call is of that time");
        }
        return since == null && until == null ? Period.ALWAYS : new Period(from, to);
    }

    /**
     * Finds what is behind the names.
     *
     * @throws BadInputException when something is not there, or cannot be read
     */
    Inputs open(CommandSpec spec) {
        Period period = period();
        return Inputs.of(
                names,
                Backstop.standardInput(spec),
                name -> name.startsWith(BUCKET) ? Optional.of(Bucket.list(name, period)) : Optional.empty());
    }
}
