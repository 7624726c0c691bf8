package dev.backstop.functions.handler;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.Detection;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.memory.LocalAws;
import dev.backstop.core.memory.LocalBreaker;
import dev.backstop.core.memory.LocalControls;
import dev.backstop.core.memory.LocalForgedTags;
import dev.backstop.core.memory.LocalHistory;
import dev.backstop.core.memory.LocalJournal;
import dev.backstop.core.memory.LocalRevocations;
import dev.backstop.core.memory.LocalSessionRegistry;
import dev.backstop.core.memory.LocalTimeline;
import dev.backstop.core.memory.Outbox;
import dev.backstop.core.port.Revocations.Revoked;
import dev.backstop.functions.line.Limits;
import dev.backstop.functions.line.Line;
import dev.backstop.functions.line.Responder;
import dev.backstop.functions.line.Restraints;
import dev.backstop.functions.line.Revoker;
import dev.backstop.functions.line.Sessions;
import dev.backstop.functions.message.AlertText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * Rehearses a function while it initialises, so that <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-best-practices.html">SnapStart's snapshot</a> holds its
 * classes loaded and its code warm. Nothing of it reaches AWS, and an error of it fails the deployment.
 */
final class Priming {
    private Priming() {}

    /** Runs the whole line once in memory. */
    static void theLine() {
        Detection detection = sample();
        InstantSource clock = detection.record()::eventTime;
        LocalAws aws = new LocalAws();
        aws.rolePolicies().createRole("agent-priming");
        aws.securityGroups().put(new GroupRule("sgr-0", "sg-0", false, "tcp", 443, 443, "0.0.0.0/0", null));
        Outbox outbox = new Outbox();
        Sessions sessions = new Sessions(new LocalSessionRegistry(), new LocalTimeline(), new LocalRevocations());
        Revoker revoker = new Revoker(aws, sessions, AgentSelector.DEFAULT, clock, _ -> {});
        Line line = new Line(
                _ -> aws,
                sessions.registry(),
                sessions.timeline(),
                new LocalJournal(clock),
                new LocalControls(Mode.ENFORCE),
                new LocalHistory(),
                revoker,
                _ -> List.of(),
                new Restraints(new LocalBreaker(), new LocalForgedTags()),
                outbox,
                outbox);
        run(line, detection);
        String text = outbox.alerts().stream().map(AlertText::body).findFirst().orElse("");
        if (!text.contains("REVERTED, verified")) {
            throw new IllegalStateException("the line does not work in this build:\n" + text);
        }
    }

    /** Runs a line whose adapters are rehearsing; its groups are empty, so the removal is called by itself. */
    static void theAdapters(Line rehearsing, String region) {
        run(rehearsing, sample());
        rehearsing.regions().apply(region).securityGroups().revokeIngress("sg-0", Set.of("sgr-0"));
    }

    /** Calls what the kill switch calls, on adapters that are rehearsing. */
    static void theAdapters(Deployed rehearsing) {
        AgentSession session = AgentSelector.DEFAULT.session(sample().record());
        rehearsing.sessions().registry().withId(session.id());
        rehearsing
                .sessions()
                .revocations()
                .keep(new Revoked(
                        session, "priming", Instant.EPOCH, Instant.EPOCH, null, "priming", "priming", null, List.of()));
        rehearsing.aws().rolePolicies().put("agent-priming", "priming", "{}");
        rehearsing.aws().rolePolicies().delete("agent-priming", "priming");
    }

    private static void run(Line line, Detection detection) {
        InstantSource clock = detection.record()::eventTime;
        new Responder(line, AgentSelector.DEFAULT, Limits.in(null), clock, _ -> {}).respond(detection, "priming");
    }

    private static Detection sample() {
        try (InputStream sample = Priming.class.getResourceAsStream("/priming.json")) {
            if (sample == null) {
                throw new IllegalStateException("priming.json is missing from the function's jar");
            }
            return Detection.of(Json.MAPPER.readTree(sample), "priming.json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
