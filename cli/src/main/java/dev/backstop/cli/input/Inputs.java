package dev.backstop.cli.input;

import dev.backstop.core.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the user named: files, folders, and standard input, which is kept in a file because it is read twice. */
public final class Inputs implements AutoCloseable {
    /** What the names of files with records end in. */
    public static final List<String> ENDINGS = List.of(".json", ".jsonl", ".ndjson", ".gz");

    /** They lie beside the log files in a trail's bucket, and hold no records of calls. */
    private static final Set<String> BESIDE = Set.of("CloudTrail-Digest", "CloudTrail-Insight");

    private static final Pattern LOG_FILE = Pattern.compile("_CloudTrail_[a-z0-9-]+_(\\d{8}T\\d{4}Z)_[^/]*$");

    /** Regions and accounts lie in folders of their own: by time, a session's calls come about as they were made. */
    private static final Comparator<Source> BY_TIME =
            Comparator.comparing(Inputs::time).thenComparing(Source::name);

    private final List<Source> sources = new ArrayList<>();
    private @Nullable Path kept;

    private Inputs() {}

    /**
     * Finds the files behind the names.
     *
     * @param names files, folders, or {@code -}
     * @throws BadInputException when one is not there or cannot be read, or a folder has nothing to read in it
     */
    public static Inputs of(List<String> names, InputStream standardInput) {
        return of(names, standardInput, _ -> Optional.empty());
    }

    /**
     * The same.
     *
     * @param elsewhere the sources behind a name that is no file's; empty where it may be one
     */
    public static Inputs of(
            List<String> names, InputStream standardInput, Function<String, Optional<List<Source>>> elsewhere) {
        Inputs inputs = new Inputs();
        try {
            for (String name : names) {
                elsewhere
                        .apply(name)
                        .ifPresentOrElse(
                                sources -> sources.stream().sorted(BY_TIME).forEach(inputs.sources::add),
                                () -> inputs.add(name, standardInput));
            }
            return inputs;
        } catch (RuntimeException e) {
            inputs.close();
            throw e;
        }
    }

    List<Source> sources() {
        return sources;
    }

    @Override
    public void close() {
        try {
            if (kept != null) {
                Files.deleteIfExists(kept);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(String name, InputStream standardInput) {
        if (name.equals("-")) {
            sources.add(source("standard input", keep(standardInput), true));
            return;
        }
        Path path = path(name);
        if (Files.isDirectory(path)) {
            addFolder(path);
        } else if (!Files.exists(path)) {
            throw new BadInputException(name, "FILE", "is not there: name a file, a folder, or - for standard input");
        } else if (!Files.isReadable(path)) {
            throw new BadInputException(name, "FILE", "may not be read by this user");
        } else {
            sources.add(source(name, path, true));
        }
    }

    private void addFolder(Path folder) {
        List<Path> found;
        try (Stream<Path> tree = Files.walk(folder)) {
            found = tree.filter(path -> usable(folder, path))
                    .filter(Files::isRegularFile)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new BadInputException(folder.toString(), "FILE", "cannot be listed: " + e.getMessage());
        }
        if (found.isEmpty()) {
            throw new BadInputException(
                    folder.toString(), "FILE", "has no file in it that ends in " + String.join(", ", ENDINGS));
        }
        found.stream()
                .map(path -> source(path.toString(), path, false))
                .sorted(BY_TIME)
                .forEach(sources::add);
    }

    private static boolean usable(Path folder, Path path) {
        return isMeant(folder.relativize(path).toString().replace('\\', '/')) && isRecords(path.toString());
    }

    /** Whether no part of a path, with slashes, is hidden, or a folder that lies beside the log files. */
    public static boolean isMeant(String path) {
        for (String part : path.split("/")) {
            if (part.startsWith(".") || BESIDE.contains(part)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a name ends like that of a file with records. */
    public static boolean isRecords(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(lower::endsWith);
    }

    /** How many bytes there are to read, once. */
    public long size() {
        return sources.stream().mapToLong(Source::size).sum();
    }

    /** When CloudTrail wrote a log file, as its name says; nothing of others. */
    private static String time(Source source) {
        Matcher named = LOG_FILE.matcher(source.name());
        return named.find() ? named.group(1) : "";
    }

    private Path keep(InputStream standardInput) {
        if (kept != null) {
            throw new BadInputException("-", "FILE", "is named twice, and standard input can be read once only");
        }
        try {
            Path file = Files.createTempFile("backstop", ".input");
            kept = file;
            Files.copy(standardInput, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("standard input cannot be kept in a temporary file", e);
        }
    }

    private static Source source(String name, Path path, boolean chosen) {
        try {
            return new Source(name, chosen, Files.size(path), () -> Files.newInputStream(path));
        } catch (IOException e) {
            throw new BadInputException(name, "file", "cannot be read: " + e.getMessage());
        }
    }

    private static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new BadInputException(name, "FILE", "is not a path: " + e.getReason());
        }
    }
}
