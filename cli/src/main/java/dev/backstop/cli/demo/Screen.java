package dev.backstop.cli.demo;

import dev.backstop.cli.demo.Caller.Kind;
import dev.backstop.cli.demo.Paper.Ink;
import dev.backstop.core.Alert;
import dev.backstop.core.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows the day while it is played: what matters call by call, the rest in one line a stretch. */
final class Screen {
    private final Paper paper;
    private final Headline headline;
    private final Stretch stretch;
    private final Findings findings;
    private @Nullable Caller killed;

    /** @param full whether every alert is shown in full, not only the first and the critical ones */
    Screen(Paper paper, Seed seed, String world, boolean full) {
        this.paper = paper;
        this.headline = new Headline(seed);
        this.stretch = new Stretch(paper, headline);
        this.findings = new Findings(paper, headline, world, full);
    }

    /** @param alerts those that went out because of the call */
    void show(Scene scene, List<Alert> alerts) {
        if (!scene.notable() && killed == null) {
            stretch.add(scene);
            return;
        }
        stretch.end();
        if (killed != null && scene.answers().isEmpty()) {
            afterKill(scene, killed);
        } else {
            scene.lookAlikes().forEach(rule -> lookAlike(scene, rule));
        }
        scene.answers().forEach(answer -> findings.show(scene, answer, alerts));
        killed = killed == null && scene.killed() ? scene.caller() : killed;
    }

    /** Ends the day. */
    void end() {
        stretch.end();
    }

    private void lookAlike(Scene scene, Rule rule) {
        String kind = scene.caller().kind().word();
        moment(scene, "a " + kind + ", so " + rule.id() + " does not match; not touched", Ink.CYAN);
    }

    /** Once a session is stopped, every call shows who is and who is not. */
    private void afterKill(Scene scene, Caller stopped) {
        boolean agent = scene.caller().kind() == Kind.AGENT;
        boolean same = scene.caller().equals(stopped);
        String other = agent ? "another session" : "a " + scene.caller().kind().word();
        String role = agent && scene.caller().roleName().equals(stopped.roleName()) ? " on the same role" : "";
        String who = same ? "the session is revoked" : other + role;
        switch (scene.access()) {
            case REFUSED -> moment(scene, "REFUSED by IAM: " + who, Ink.BOLD_RED);
            case ALLOWED -> moment(scene, "allowed: " + who, Ink.GREEN);
            case NOT_CHECKABLE -> moment(scene, "not checkable here: " + who, Ink.DIM);
        }
    }

    private void moment(Scene scene, String said, Ink ink) {
        paper.entry(Headline.time(scene), Ink.PLAIN, headline.of(scene) + ": " + said, ink);
    }
}
