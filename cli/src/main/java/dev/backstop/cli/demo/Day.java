package dev.backstop.cli.demo;

import dev.backstop.core.Alert;
import dev.backstop.core.memory.Outbox;
import dev.backstop.functions.line.Answer;
import java.util.List;
import java.util.Optional;

/**
 * The day as it was played.
 *
 * @param seed what was there before it, in the world's own names
 * @param end the world after it
 * @param unguarded the world as the same calls leave it without Backstop
 * @param again the answers to an event that was delivered a second time
 */
record Day(Seed seed, List<Scene> scenes, State end, State unguarded, World world, Outbox outbox, List<Answer> again) {
    Day {
        scenes = List.copyOf(scenes);
        again = List.copyOf(again);
    }

    List<Answer> answers() {
        return scenes.stream().flatMap(scene -> scene.answers().stream()).toList();
    }

    /** The first call whose session was stopped for it. */
    Optional<Scene> kill() {
        return scenes.stream().filter(Scene::killed).findFirst();
    }

    List<Scene> after(Scene scene) {
        return scenes.subList(scenes.indexOf(scene) + 1, scenes.size());
    }

    /** The alerts of one finding. */
    List<Alert> alerts(Answer answer) {
        String key = answer.finding().key();
        return outbox.alerts().stream().filter(alert -> alert.key().equals(key)).toList();
    }
}
