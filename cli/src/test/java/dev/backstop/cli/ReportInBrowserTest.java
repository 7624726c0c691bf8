package dev.backstop.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The report as a browser makes it of the file: what is there when it has been read, and how it looks. */
final class ReportInBrowserTest {
    private static final List<String> PROGRAMS = List.of("chromium", "chromium-browser", "google-chrome", "chrome");
    private static final String OWNED = "</title></summary><script>document.body.id='owned'</script><b onclick=x>";

    // The browser may still write into its folder while it ends.
    @TempDir(cleanup = CleanupMode.NEVER)
    Path folder;

    private Path html;
    private String browser;

    @BeforeEach
    void makeReport() throws IOException {
        browser = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(place -> PROGRAMS.stream().map(name -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("");
        Assumptions.assumeFalse(
                browser.isEmpty(),
                "skipped: no chromium on the PATH, so the report is not looked at as browsers show it");
        List<String> lines = new ArrayList<>(List.of(Json.write(Records.assumed())));
        for (int day = 1; day < 20; day++) {
            ObjectNode opened = Records.opened("e-" + day);
            opened.put("eventTime", String.format("2026-11-%02dT10:00:00Z", day));
            ((ObjectNode) opened.path("requestParameters")).put("groupId", OWNED + day);
            lines.add(Json.write(opened));
        }
        Path file = Files.write(folder.resolve("records.jsonl"), lines);
        html = folder.resolve("report.html");
        assertEquals(
                0,
                Run.of("replay", "--report", html.toString(), file.toString()).exit());
    }

    @Test
    void whatAnAgentNamesStaysText() throws Exception {
        String dom = started("--dump-dom");
        assertTrue(dom.contains("What Backstop would have done"), dom);
        assertFalse(dom.contains("id=\"owned\""), "a name of an agent's ran as a script");
        assertFalse(dom.contains("<script"), "a name of an agent's became an element");
        assertFalse(dom.contains("<b onclick"), "a name of an agent's became an element");
        assertEquals(19, count(dom, "<g><title>"), "a bar a day");
        assertEquals(19, count(dom, "<time "), "an entry a finding");
        // What the parser had to mend it would have written otherwise.
        assertEquals(count(Files.readString(html), "</li>"), count(dom, "</li>"));
        assertEquals(count(Files.readString(html), "</section>"), count(dom, "</section>"));
    }

    @Test
    void everyLinkLeadsSomewhereAndEveryRegionHasAName() throws Exception {
        String dom = started("--dump-dom");
        Pattern.compile("href=\"#([^\"]+)\"")
                .matcher(dom)
                .results()
                .forEach(link -> assertTrue(dom.contains("id=\"" + link.group(1) + "\""), link.group(1)));
        Pattern.compile("<[^>]*role=\"(region|img)\"[^>]*>")
                .matcher(dom)
                .results()
                .forEach(region -> assertTrue(region.group().contains("aria-label=\""), region.group()));
        assertTrue(dom.contains("<html lang=\"en\">") && dom.contains("<main "), dom);
    }

    @Test
    void itIsDarkWhereTheReaderIsAndFitsANarrowScreen() throws Exception {
        BufferedImage light = screenshot("light.png", 1_000);
        BufferedImage dark = screenshot("dark.png", 1_000, "--blink-settings=preferredColorScheme=0");
        assertTrue(brightness(light) > 200, "light: " + brightness(light));
        assertTrue(brightness(dark) < 60, "dark: " + brightness(dark));
        BufferedImage narrow = screenshot("narrow.png", 500);
        assertEquals(500, narrow.getWidth());
        assertNotEquals(0, narrow.getHeight());
        // Past the cards and their margin nothing sticks out: the last columns show the background alone.
        int background = narrow.getRGB(2, 2);
        for (int y = 0; y < narrow.getHeight(); y++) {
            assertEquals(background, narrow.getRGB(narrow.getWidth() - 3, y), "something sticks out at " + y);
        }
    }

    private BufferedImage screenshot(String name, int width, String... more) throws Exception {
        Path image = folder.resolve(name);
        List<String> options = new ArrayList<>(
                List.of("--screenshot=" + image, "--window-size=" + width + ",1600", "--hide-scrollbars"));
        options.addAll(Arrays.asList(more));
        started(options.toArray(String[]::new));
        return ImageIO.read(image.toFile());
    }

    private String started(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                browser,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + Files.createTempDirectory(folder, "profile")));
        command.addAll(Arrays.asList(options));
        command.add(html.toUri().toString());
        Path out = Files.createTempFile(folder, "out", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("chromium.log").toFile())
                .start();
        boolean ended = process.waitFor(90, TimeUnit.SECONDS);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        assertTrue(ended, "the browser did not end");
        return Files.readString(out);
    }

    private static double brightness(BufferedImage image) {
        long sum = 0;
        long points = 0;
        for (int y = 0; y < image.getHeight(); y += 5) {
            for (int x = 0; x < image.getWidth(); x += 5) {
                int rgb = image.getRGB(x, y);
                sum += (rgb >> 16 & 0xff) + (rgb >> 8 & 0xff) + (rgb & 0xff);
                points += 3;
            }
        }
        return (double) sum / points;
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
