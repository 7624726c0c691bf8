package dev.backstop.cli.demo;

import dev.backstop.core.Mode;
import dev.backstop.functions.line.Pause;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code backstop demo}: plays an agent's working day and exits 0 only if everything came out as said. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Plays an agent's working day against a local AWS in memory: no account, no network.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:everything was read back as said", "1:a check of the verdict failed", "2:bad input"})
public final class DemoCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--full", description = "Show every alert in full, not only the first and the critical ones.")
    private boolean full;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = {
                "Play on a server that speaks AWS's language, by the AWS SDK: moto_server, LocalStack. What the demo"
                        + " creates there it removes. Never AWS itself."
            })
    private @Nullable String endpoint;

    @Override
    public Integer call() {
        var line = Objects.requireNonNull(spec).commandLine();
        Paper paper = new Paper(line.getOut(), line.getColorScheme().ansi().enabled());
        Path sessions = Path.of(System.getProperty("backstop.home", ".")).resolve("test-events/sessions");
        Script script = Script.read(sessions, "a-working-day", Instant.now());
        Seed seed = Seed.of(script.world());
        Names names = new Names();
        Endpoint server = endpoint == null ? null : Endpoint.reach(endpoint, seed.region());
        if (server != null) {
            paper.line("Creating what the day needs on " + endpoint + " ...", Paper.Ink.DIM);
        }
        try (World world = server == null ? new LocalWorld(seed) : EndpointWorld.create(server, seed, names)) {
            Pause pause = server == null ? _ -> {} : Pause.REAL;
            return new Demo(script, paper, full).play(world, names, Mode.ENFORCE, pause) ? 0 : 1;
        }
    }
}
