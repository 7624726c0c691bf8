package dev.backstop.cli.demo;

import dev.backstop.cli.demo.Caller.Kind;
import dev.backstop.cli.demo.Check.Topic;
import dev.backstop.core.Response;
import dev.backstop.functions.line.Answer;
import dev.backstop.functions.message.AlertText;
import dev.backstop.remediations.Revocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether what agents did wrong is undone or told, and whether everything else is as it would be without Backstop. */
final class ResourceChecks {
    private final Day day;
    /** What the guard is meant to have changed: the reverted things, and the deny policies. */
    private final Set<String> undone = new TreeSet<>();

    private ResourceChecks(Day day) {
        this.day = day;
        day.scenes().stream()
                .filter(Scene::toBeReverted)
                .forEach(scene -> undone.addAll(scene.change().keys()));
        day.answers().stream()
                .map(Answer::finding)
                .filter(finding -> finding.responses().contains(Response.REVOKE))
                .map(finding -> State.policy(finding.session().roleName(), Revocation.policyName(finding.session())))
                .forEach(undone::add);
    }

    static List<Check> of(Day day) {
        return new ResourceChecks(day).all();
    }

    private List<Check> all() {
        List<Check> checks = new ArrayList<>();
        for (Scene scene : day.scenes()) {
            if (scene.toBeReverted()) {
                scene.change().keys().forEach(key -> checks.add(undone(scene, key)));
            } else {
                scene.answers().forEach(answer -> checks.add(told(scene, answer)));
            }
        }
        if (checks.isEmpty()) {
            checks.add(Check.that(Topic.UNDONE, false, "there are findings", "no rule matched any call"));
        }
        checks.add(left("what people did", scene -> !scene.lookAlikes().isEmpty()));
        checks.add(left(
                "what agents may do",
                scene -> !scene.notable() && scene.caller().kind() == Kind.AGENT));
        checks.add(nothingElse());
        return checks;
    }

    private Check undone(Scene scene, String key) {
        String found = day.end().get(key);
        String did = shown(scene.after().get(key));
        String wanted =
                switch (scene.change()) {
                    case Change.AddRules _ -> null;
                    case Change.Resize _ ->
                        type(scene.before().get(key)) + ", "
                                + state(day.unguarded().get(key));
                    case Change.Launch _ -> type(did) + ", stopped";
                    default -> scene.before().get(key);
                };
        String says = wanted == null
                ? "no " + did + " any more"
                : wanted + " (" + scene.caller().name() + " made it " + did + ")";
        return Check.that(
                Topic.UNDONE, Objects.equals(found, wanted), named(key) + ": " + says, "but found " + shown(found));
    }

    private Check told(Scene scene, Answer answer) {
        List<String> bodies = day.alerts(answer).stream().map(AlertText::body).toList();
        boolean helpful = !bodies.isEmpty()
                && bodies.stream()
                        .allMatch(body ->
                                body.contains(answer.finding().resource().id()) && body.contains("aws lambda invoke"));
        boolean untouched = scene.change().keys().stream()
                .allMatch(key ->
                        Objects.equals(scene.after().get(key), scene.now().get(key)));
        State now = scene.now().part(answer.finding().resource());
        String name = scene.change().keys().stream().map(this::named).collect(Collectors.joining(", "));
        return Check.that(
                Topic.TOLD,
                helpful && untouched,
                name + ": " + now.words() + " after " + scene.record().call(),
                untouched ? "the alert is missing or names no command" : "Backstop changed it");
    }

    private Check left(String what, Predicate<Scene> which) {
        Set<String> keys = day.scenes().stream()
                .filter(which)
                .flatMap(scene -> scene.change().keys().stream())
                .filter(key -> !undone.contains(key))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> wrong = new TreeSet<>(keys);
        wrong.removeIf(key -> Objects.equals(day.end().get(key), day.unguarded().get(key)));
        String list = keys.stream()
                .map(key -> named(key) + " " + shown(day.end().get(key)))
                .collect(Collectors.joining("; "));
        return Check.that(
                Topic.LEFT, !keys.isEmpty() && wrong.isEmpty(), what + " stands: " + list, "different: " + wrong);
    }

    private Check nothingElse() {
        Set<String> unexpected = new TreeSet<>(day.unguarded().differences(day.end()));
        unexpected.removeAll(undone);
        Set<String> all = new TreeSet<>(day.end().entries().keySet());
        all.removeAll(undone);
        return Check.that(
                Topic.LEFT,
                unexpected.isEmpty() && !all.isEmpty(),
                "nothing else differs (" + all.size() + " things compared)",
                "different: " + unexpected);
    }

    /** The type in {@code t3.micro, running}. */
    private static String type(@Nullable String instance) {
        return shown(instance).replaceFirst(", .*", "");
    }

    /** The state in {@code t3.micro, running}. */
    private static String state(@Nullable String instance) {
        return shown(instance).replaceFirst(".*, ", "");
    }

    private static String shown(@Nullable String entry) {
        return entry == null ? "gone" : entry;
    }

    private String named(String key) {
        String id = key.substring(key.indexOf(' ') + 1).replaceFirst("/.*", "");
        String name = day.seed().name(id);
        return name.equals(id) ? id : name + " " + id;
    }
}
