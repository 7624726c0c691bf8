package dev.backstop.rules;

import dev.backstop.core.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder of a user's own rules: {@code ID.yaml} each, and beside it {@code ID/matches/*.json} and {@code
 * ID/ignores/*.json}, which it is held to.
 */
public final class OwnRules {
    private OwnRules() {}

    /**
     * The rule files of a folder, in the order of their names.
     *
     * @throws BadInputException when it cannot be listed
     */
    public static List<Path> in(Path folder) {
        try (Stream<Path> listing = Files.list(folder)) {
            return listing.filter(
                            file -> Catalogue.FILE.matcher(file.toString()).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new BadInputException(folder.toString(), "folder", "cannot be listed: " + e.getMessage());
        }
    }

    /**
     * Reads and checks one rule file, as the catalogue's are.
     *
     * @param remediations the ids that it may name
     * @throws BadInputException on the first mistake in it
     */
    public static RuleDefinition read(Path file, Set<String> remediations) {
        try (InputStream yaml = Files.newInputStream(file)) {
            return RuleFile.read(yaml, file.toString(), remediations);
        } catch (IOException e) {
            throw new BadInputException(file.toString(), "file", "cannot be read: " + e.getMessage());
        }
    }

    /** The events that the rule of a file must match. */
    public static Path matches(Path rule) {
        return events(rule).resolve("matches");
    }

    /** The events that look alike, and that the rule of a file must not match. */
    public static Path ignores(Path rule) {
        return events(rule).resolve("ignores");
    }

    private static Path events(Path rule) {
        return rule.resolveSibling(rule.getFileName().toString().replaceFirst("\\.[^.]*$", ""));
    }
}
