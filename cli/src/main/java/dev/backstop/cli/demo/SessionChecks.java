package dev.backstop.cli.demo;

import dev.backstop.cli.demo.Caller.Kind;
import dev.backstop.cli.demo.Check.Topic;
import dev.backstop.cli.demo.World.Access;
import dev.backstop.remediations.Revocation;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Whether the right session was stopped, and no other. */
final class SessionChecks {
    private SessionChecks() {}

    static List<Check> of(Day day) {
        Optional<Scene> kill = day.kill();
        return kill.isPresent()
                ? of(day, kill.get())
                : List.of(Check.that(Topic.SESSIONS, false, "a session is revoked", "none was"));
    }

    private static List<Check> of(Day day, Scene kill) {
        Caller killed = kill.caller();
        String role = killed.roleName();
        Predicate<Caller> neighbour = caller -> caller.kind() == Kind.AGENT
                && caller.roleName().equals(role)
                && !caller.name().equals(killed.name());
        return List.of(
                denied(day, kill),
                calls(day, kill, killed::equals, Access.REFUSED, "the revoked session is refused"),
                calls(day, kill, neighbour, Access.ALLOWED, "another session on the same role is let through"),
                calls(day, kill, caller -> caller.kind() == Kind.PERSON, Access.ALLOWED, "people are let through"));
    }

    private static Check denied(Day day, Scene kill) {
        String role = kill.caller().roleName();
        String policy =
                Revocation.policyName(kill.answers().getFirst().finding().session());
        Optional<String> document = day.world().aws().rolePolicies().get(role, policy);
        return Check.that(
                Topic.SESSIONS,
                document.orElse("").contains(kill.caller().context().userId()),
                "policy " + policy + " stands on " + role + " and names the session",
                document.isEmpty() ? "there is no such policy" : "it names another one");
    }

    /** Holds when somebody of that kind called after the kill, and IAM answered each of them as wanted. */
    private static Check calls(Day day, Scene kill, Predicate<Caller> who, Access wanted, String says) {
        List<Scene> later = day.after(kill).stream()
                .filter(scene -> who.test(scene.caller()))
                .toList();
        if (later.stream().anyMatch(scene -> scene.access() == Access.NOT_CHECKABLE)) {
            return Check.notCheckable(
                    Topic.SESSIONS,
                    says,
                    "a server such as this does not judge policies as IAM does, conditions above all");
        }
        String first = later.isEmpty()
                ? ""
                : " (" + later.getFirst().caller().name() + ", "
                        + later.getFirst().record().call() + ")";
        return Check.that(
                Topic.SESSIONS,
                !later.isEmpty() && later.stream().allMatch(scene -> scene.access() == wanted),
                says + first,
                later.isEmpty() ? "nobody called" : "it is " + later.getFirst().access());
    }
}
