package dev.backstop.cdk;

import dev.backstop.core.Json;
import dev.backstop.rules.RuleBook;
import dev.backstop.rules.WindowBook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.LayerVersion;
import software.constructs.Construct;

/**
 * The rules over what sessions do within some time, as a file beside the function that weighs them: no EventBridge rule
 * holds them, and they are longer than an environment may be.
 */
final class WindowRules extends Construct {
    private static final String FILE = "windows.json";

    private final LayerVersion layer;

    WindowRules(Construct scope, String id, RuleBook book) {
        super(scope, id);
        layer = LayerVersion.Builder.create(this, "Layer")
                .layerVersionName("backstop-windows")
                .description("Backstop's rules over what an agent session does within some time")
                .code(Code.fromAsset(folder(book).toString()))
                .build();
    }

    void give(GuardFunction sessions) {
        sessions.function().addLayers(layer);
        sessions.function().addEnvironment("BACKSTOP_WINDOWS", "/opt/" + FILE);
    }

    private static Path folder(RuleBook book) {
        try {
            Path folder = Files.createTempDirectory("backstop-windows");
            Path file = folder.resolve(FILE);
            Files.writeString(file, Json.write(WindowBook.of(book).toJson()));
            file.toFile().deleteOnExit();
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the rules for the sessions function", e);
        }
    }
}
