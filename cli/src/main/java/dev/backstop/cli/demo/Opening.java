package dev.backstop.cli.demo;

import dev.backstop.cli.demo.Paper.Ink;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.IssuedSession;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Says what is going to be played, before anything happens. */
final class Opening {
    private final Paper paper;

    Opening(Paper paper) {
        this.paper = paper;
    }

    void show(Script script, World world, Names names) {
        paper.line("Backstop demo: a working day of AI coding agents in an AWS account", Ink.BOLD);
        paper.blank();
        row(
                "day",
                script.events().size() + " calls of " + script.name() + ", shifted so that the last one is made now"
                        + " (UTC) and played in fast motion");
        row("world", world.title() + "; Backstop's own rules, responder and kill switch, mode enforce");
        casting(script, names).forEach(this::row);
        row("times", "CloudTrail and EventBridge deliver at once here; in AWS that takes seconds to minutes");
        paper.blank();
    }

    /** Who takes part, in the order of appearance. */
    private static Map<String, String> casting(Script script, Names names) {
        Callers callers = new Callers(AgentSelector.DEFAULT);
        Map<String, String> cast = new LinkedHashMap<>();
        Map<String, AgentSession> issued = new LinkedHashMap<>();
        script.events().stream().map(names::real).map(Script::record).forEach(record -> {
            IssuedSession.of(record, AgentSelector.DEFAULT).ifPresent(session -> issued.put(session.name(), session));
            Caller caller = callers.of(record);
            AgentSession session = issued.get(caller.name());
            String owner =
                    session == null ? "" : ", developer " + session.developer() + ", project " + session.project();
            cast.putIfAbsent(caller.name(), caller.kind().word() + " on " + caller.roleName() + owner);
        });
        return cast;
    }

    private void row(String name, String text) {
        paper.entry(String.format(Locale.ROOT, "  %-20s", name), Ink.DIM, text, Ink.PLAIN);
    }
}
