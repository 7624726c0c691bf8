package dev.backstop.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.cli.demo.Check.Result;
import dev.backstop.core.Mode;
import dev.backstop.functions.line.Answer;
import dev.backstop.functions.line.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Plays a script in a world, shows it, and judges it. */
final class Demo {
    private final Script script;
    private final Paper paper;
    private final boolean full;

    Demo(Script script, Paper paper, boolean full) {
        this.script = script;
        this.paper = paper;
        this.full = full;
    }

    /** Whether every check that this world can answer holds. */
    boolean play(World world, Names names, Mode mode, Pause pause) {
        long started = System.nanoTime();
        new Opening(paper).show(script, world, names);
        Seed seed = Seed.of(names.real(script.world()));
        Stage stage = new Stage(world, names, seed, mode, pause);
        Screen screen = new Screen(paper, seed, world.title(), full);
        stage.open(Script.time(script.events().getFirst()).minus(Duration.ofHours(1)));
        List<Scene> scenes = new ArrayList<>();
        for (JsonNode event : script.events()) {
            int told = stage.outbox().alerts().size();
            Scene scene = stage.play(event);
            scenes.add(scene);
            screen.show(
                    scene,
                    stage.outbox()
                            .alerts()
                            .subList(told, stage.outbox().alerts().size()));
        }
        screen.end();
        List<Answer> again = scenes.stream()
                .filter(scene -> !scene.answers().isEmpty())
                .reduce((_, last) -> last)
                .map(stage::again)
                .orElse(List.of());
        Day day = new Day(seed, scenes, State.of(world), unguarded(names), world, stage.outbox(), again);
        List<Check> checks = Verdict.of(day);
        new Closing(paper).show(day, checks, Duration.ofNanos(System.nanoTime() - started));
        return checks.stream().noneMatch(check -> check.result() == Result.FAILS);
    }

    /** The same calls, all of them, in a world of their own that nobody guards. */
    private State unguarded(Names names) {
        LocalWorld world = new LocalWorld(Seed.of(names.real(script.world())));
        script.events().forEach(event -> world.make(Change.of(Script.record(names.real(event))), names));
        return State.of(world);
    }
}
