package dev.backstop.core.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An IAM evaluator that we did not write: the npm package iam-simulate, run by node; a development tool, never shipped. */
public final class IamSimulator {
    private static final Path SOURCE = Path.of(System.getProperty("backstop.root"), "core", "src", "test", "node");
    private static final Path PLACE = Path.of(System.getProperty("backstop.root"), "core", "target", "node");
    private static final String MISSING =
            "skipped: npm could not install iam-simulate, so no independent IAM evaluator has judged the policies";

    private IamSimulator() {}

    /**
     * {@code Allowed}, {@code ExplicitlyDenied} or {@code ImplicitlyDenied} for each request. Where node or the package is
     * missing the test is skipped, and says so.
     */
    public static List<String> decide(List<IamRequest> requests) {
        ObjectNode question = Json.object();
        var asked = question.putArray("requests");
        requests.forEach(request -> asked.add(request.toJson()));
        List<String> decisions = new ArrayList<>();
        answer(question).forEach(decision -> decisions.add(decision.asText()));
        return decisions;
    }

    /** Every action of a service that AWS has documented, so that a test cannot leave one out. */
    public static List<IamAction> actions(String service) {
        List<IamAction> actions = new ArrayList<>();
        for (JsonNode action : answer(Json.object().put("service", service))) {
            actions.add(new IamAction(
                    action.path("name").asText(),
                    action.path("accessLevel").asText(),
                    Json.values(action, "resourceTypes")));
        }
        return actions;
    }

    /** AWS's service authorization reference as JSON, one folder a kind of thing and one file a service; skips like the rest. */
    public static Path reference() {
        try {
            install();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return PLACE.resolve(Path.of("node_modules", "@cloud-copilot", "iam-data", "data"));
    }

    private static JsonNode answer(ObjectNode question) {
        try {
            install();
            Process node = new ProcessBuilder("node", "evaluate.js")
                    .directory(PLACE.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (var input = node.getOutputStream()) {
                input.write(Json.write(question).getBytes(StandardCharsets.UTF_8));
            }
            String answer = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, node.waitFor(), answer);
            return Json.read(answer);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(PLACE);
        for (String file : List.of("package.json", "package-lock.json", "evaluate.js")) {
            Files.write(PLACE.resolve(file), Files.readAllBytes(SOURCE.resolve(file)));
        }
        boolean installed = Files.isDirectory(PLACE.resolve("node_modules")) || npm();
        if (!installed) {
            // Maven counts skipped tests, but does not show the reason.
            System.err.println(MISSING);
        }
        assumeTrue(installed, MISSING);
    }

    private static boolean npm() throws InterruptedException {
        try {
            Process npm = new ProcessBuilder("npm", "ci", "--silent", "--no-audit", "--no-fund")
                    .directory(PLACE.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(PLACE.resolve("npm.log").toFile())
                    .start();
            return npm.waitFor(2, TimeUnit.MINUTES) && npm.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
