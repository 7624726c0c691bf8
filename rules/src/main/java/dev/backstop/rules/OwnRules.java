package dev.backstop.rules;

import dev.backstop.core.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
     * @throws BadInputException when it cannot be listed, or holds none: a folder of rules that is empty was not meant
     */
    public static List<Path> in(Path folder) {
        try (Stream<Path> listing = Files.list(folder)) {
            List<Path> files = listing.filter(
                            file -> Catalogue.FILE.matcher(file.toString()).matches())
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new BadInputException(
                        folder.toString(),
                        "folder",
                        "has no rule in it, a file ID.yaml: backstop rules new writes one; or name no folder of rules");
            }
            return files;
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

    /** The ids of a folder's rules that stand in the place of the catalogue's, in the order of their names. */
    public static Set<String> replacing(Path folder) {
        return in(folder).stream()
                .map(OwnRules::id)
                .filter(OwnRules::replaces)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Whether the catalogue has a rule of that id, in whose place a user's would stand. */
    public static boolean replaces(String id) {
        return Catalogue.has(id);
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
        return rule.resolveSibling(id(rule));
    }

    private static String id(Path rule) {
        return rule.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    }
}
