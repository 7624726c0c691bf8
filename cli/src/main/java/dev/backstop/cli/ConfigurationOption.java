package dev.backstop.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import dev.backstop.rules.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --config}: who is an agent and what agents may do, as the stack is configured too. */
final class ConfigurationOption {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = {
                "A cdk.json, whose context is read, or a JSON object of the same keys (agentRoles, allowedTcpPorts, …).",
                "Default: the cdk.json beside the backstop script, if there is one."
            })
    @Nullable
    Path file;

    /**
     * Reads and checks the configuration.
     *
     * @throws BadInputException when the file cannot be used, or a value in it
     */
    Configuration load() {
        Path chosen = file;
        if (chosen != null) {
            return read(chosen);
        }
        String home = System.getProperty("backstop.home");
        Path beside = home == null ? null : Path.of(home, "cdk.json");
        return beside != null && Files.exists(beside) ? read(beside) : Configuration.DEFAULT;
    }

    private static Configuration read(Path file) {
        String where = file.toString();
        try {
            JsonNode json = Json.MAPPER.readTree(Files.readAllBytes(file));
            if (!json.isObject()) {
                throw new BadInputException(where, "top level", "expected a JSON object: a cdk.json, or its context");
            }
            boolean cdk = json.has("app") || json.has("context");
            return Configuration.of(
                    cdk ? json.path("context").isMissingNode() ? Json.object() : json.path("context") : json, where);
        } catch (JsonProcessingException e) {
            throw new BadInputException(
                    where, "line " + e.getLocation().getLineNr(), "is not JSON: " + e.getOriginalMessage());
        } catch (NoSuchFileException _) {
            throw new BadInputException(where, "--config", "is not there: name a cdk.json, or leave --config out");
        } catch (IOException e) {
            throw new BadInputException(where, "--config", "cannot be read: " + e.getMessage());
        }
    }
}
