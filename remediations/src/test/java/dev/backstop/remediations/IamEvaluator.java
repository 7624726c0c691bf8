package dev.backstop.remediations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An IAM evaluator that we did not write: the npm package iam-simulate, run by node. */
final class IamEvaluator {
    private static final Path SOURCE =
            Path.of(System.getProperty("backstop.root"), "remediations", "src", "test", "node");
    private static final Path PLACE = Path.of(System.getProperty("backstop.root"), "remediations", "target", "node");

    private IamEvaluator() {}

    /** {@code Allowed} or {@code ExplicitlyDenied} for each caller; skips the test where node or the package is missing. */
    static List<String> evaluate(List<String> policies, List<JsonNode> callers) throws Exception {
        install();
        var question = Json.object();
        var documents = question.putArray("policies");
        policies.forEach(policy -> documents.add(Json.read(policy)));
        question.putArray("callers").addAll(callers);
        Process node = new ProcessBuilder("node", "evaluate.js")
                .directory(PLACE.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var input = node.getOutputStream()) {
            input.write(Json.write(question).getBytes(StandardCharsets.UTF_8));
        }
        String answer = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, node.waitFor(), answer);
        return Json.values(Json.read("{\"results\":" + answer + "}"), "results");
    }

    private static void install() throws Exception {
        Files.createDirectories(PLACE);
        for (String file : List.of("package.json", "package-lock.json", "evaluate.js")) {
            Files.write(PLACE.resolve(file), Files.readAllBytes(SOURCE.resolve(file)));
        }
        if (!Files.isDirectory(PLACE.resolve("node_modules"))) {
            assumeTrue(
                    npm(), "npm could not install iam-simulate: the deny policies are checked by our own matcher only");
        }
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
