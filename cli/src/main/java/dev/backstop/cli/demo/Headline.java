package dev.backstop.cli.demo;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Stream;

/** A call in one line: when, who, what, on what. */
record Headline(Seed seed) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss  ", Locale.ROOT).withZone(ZoneOffset.UTC);

    static String time(Scene scene) {
        return TIME.format(scene.record().eventTime());
    }

    String of(Scene scene) {
        String target = Stream.concat(
                        scene.answers().stream().map(answer -> answer.finding().rule()), scene.lookAlikes().stream())
                .map(rule -> rule.resource(scene.record()).id())
                .findFirst()
                .map(id -> " on " + id + (seed.name(id).equals(id) ? "" : " (" + seed.name(id) + ")"))
                .orElse("");
        return scene.caller().name() + ": " + scene.record().call() + target;
    }
}
