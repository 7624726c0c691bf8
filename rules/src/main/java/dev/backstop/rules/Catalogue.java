package dev.backstop.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the rule files that ship with Backstop: {@code catalog/*.yaml} beside this class, in a jar or a folder. */
final class Catalogue {
    private static final String FOLDER = "catalog/";
    /** A file that is named wrong is read too, and refused for its name, rather than passed over in silence. */
    static final Pattern FILE = Pattern.compile(".*\\.ya?ml", Pattern.CASE_INSENSITIVE);

    private Catalogue() {}

    /** Whether a rule of that id ships. */
    static boolean has(String id) {
        return Catalogue.class.getResource("/" + FOLDER + id + ".yaml") != null;
    }

    /** All rules in the order of their ids. */
    static List<RuleDefinition> load(Set<String> remediations) {
        URL home = Catalogue.class.getProtectionDomain().getCodeSource().getLocation();
        try {
            Path place = Path.of(home.toURI());
            return Files.isDirectory(place)
                    ? fromFolder(place.resolve(FOLDER), remediations)
                    : fromJar(place, remediations);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the catalogue in " + home, e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the catalogue's place is not a file: " + home, e);
        }
    }

    /** The rule files of one folder, in the order of their names. */
    static List<RuleDefinition> fromFolder(Path folder, Set<String> remediations) throws IOException {
        List<Path> files;
        try (Stream<Path> listing = Files.list(folder)) {
            files = listing.filter(file -> FILE.matcher(file.toString()).matches())
                    .sorted()
                    .toList();
        }
        List<RuleDefinition> rules = new ArrayList<>();
        for (Path file : files) {
            try (InputStream yaml = Files.newInputStream(file)) {
                rules.add(RuleFile.read(yaml, file.toString(), remediations));
            }
        }
        return rules;
    }

    private static List<RuleDefinition> fromJar(Path place, Set<String> remediations) throws IOException {
        List<RuleDefinition> rules = new ArrayList<>();
        try (JarFile jar = new JarFile(place.toFile())) {
            List<JarEntry> entries = jar.stream()
                    .filter(entry -> entry.getName().startsWith(FOLDER)
                            && FILE.matcher(entry.getName()).matches())
                    .sorted((one, other) -> one.getName().compareTo(other.getName()))
                    .toList();
            for (JarEntry entry : entries) {
                try (InputStream yaml = jar.getInputStream(entry)) {
                    rules.add(RuleFile.read(yaml, entry.getName(), remediations));
                }
            }
        }
        return rules;
    }
}
