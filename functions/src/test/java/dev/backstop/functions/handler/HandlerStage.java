package dev.backstop.functions.handler;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.BadInputException;
import dev.backstop.core.IssuedSession;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.Records;
import dev.backstop.core.memory.LocalApprovals;
import dev.backstop.core.memory.LocalAws;
import dev.backstop.core.memory.LocalControls;
import dev.backstop.core.memory.LocalDetections;
import dev.backstop.core.memory.LocalForgedTags;
import dev.backstop.core.memory.LocalHistory;
import dev.backstop.core.memory.LocalIncidents;
import dev.backstop.core.memory.LocalJournal;
import dev.backstop.core.memory.LocalRevocations;
import dev.backstop.core.memory.LocalRoles;
import dev.backstop.core.memory.LocalSessionRegistry;
import dev.backstop.core.memory.LocalTimeline;
import dev.backstop.core.memory.Outbox;
import dev.backstop.functions.line.ActivityWatch;
import dev.backstop.functions.line.Exempting;
import dev.backstop.functions.line.IamReverter;
import dev.backstop.functions.line.IncidentDesk;
import dev.backstop.functions.line.IncidentReport;
import dev.backstop.functions.line.IncidentSweep;
import dev.backstop.functions.line.KillProof;
import dev.backstop.functions.line.OnCall;
import dev.backstop.functions.line.Planner;
import dev.backstop.functions.line.Remaker;
import dev.backstop.functions.line.Resolving;
import dev.backstop.functions.line.Revoker;
import dev.backstop.functions.line.SessionLookup;
import dev.backstop.functions.line.SessionReport;
import dev.backstop.functions.line.Sessions;
import dev.backstop.functions.line.Sweep;
import dev.backstop.functions.line.WindowWatch;
import dev.backstop.rules.WindowBook;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The local AWS that the handlers are tried over, with input as Lambda gives it. */
final class HandlerStage {
    static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse(Records.TIME).plusSeconds(4));

    final LocalAws aws = new LocalAws();
    final LocalSessionRegistry sessions = new LocalSessionRegistry();
    final LocalRevocations revocations = new LocalRevocations();
    final LocalControls controls = new LocalControls(Mode.ENFORCE);
    final Outbox outbox = new Outbox();
    final List<String> logged = new ArrayList<>();
    final Sessions known = new Sessions(sessions, new LocalTimeline(), revocations);
    final Revoker revoker = new Revoker(aws, known, AgentSelector.DEFAULT, CLOCK, _ -> {});
    private final WindowWatch windows =
            new WindowWatch(WindowBook.empty(), known.timeline(), new LocalJournal(CLOCK), new LocalDetections());
    private final SessionLookup lookup = new SessionLookup(sessions, new LocalRoles(), AgentSelector.DEFAULT, CLOCK);
    private final OnCall onCall = new OnCall(revoker, known, lookup, outbox, outbox, CLOCK);
    private final LocalIncidents incidents = new LocalIncidents(CLOCK);
    final LocalJournal journal = new LocalJournal(CLOCK);
    final IamReverter reverter = new IamReverter(
            aws,
            new Planner(new LocalHistory(), known.timeline()),
            journal,
            AgentSelector.DEFAULT,
            Records.ACCOUNT,
            _ -> {});
    final Remaker remaker = new Remaker(_ -> aws, journal, reverter, CLOCK, _ -> {});
    final RevokeHandler revoke = new RevokeHandler(
            revoker,
            reverter,
            reverter,
            onCall,
            new Sweep(aws, known, AgentSelector.DEFAULT, outbox, CLOCK, _ -> {}),
            new IncidentSweep(new LocalIncidents(CLOCK), known.revocations(), outbox, CLOCK),
            line -> logged.add(Json.write(line)));
    private final TestContext context = new TestContext();

    HandlerStage() {
        aws.rolePolicies().createRole("agent-deploy-role");
    }

    RestoreHandler restore() {
        return new RestoreHandler(revoker, onCall, desk(), line -> logged.add(Json.write(line)));
    }

    SessionsHandler sessionsHandler() {
        KillProof proof = new KillProof(known, revoker, new LocalJournal(CLOCK), outbox, outbox, CLOCK, _ -> {});
        return new SessionsHandler(
                new ActivityWatch(known, AgentSelector.DEFAULT, revoker, proof, new LocalForgedTags(), windows, CLOCK),
                new SessionReport(known, lookup, CLOCK),
                desk(),
                line -> logged.add(Json.write(line)));
    }

    /** What was logged as a measure. */
    List<String> measured() {
        return logged.stream()
                .map(line -> Json.read(line).path("measure").asText())
                .filter(measure -> !measure.isEmpty())
                .toList();
    }

    void assertRefused(RequestStreamHandler handler, String input, String named) {
        BadInputException thrown = assertThrows(BadInputException.class, () -> call(handler, input));
        assertTrue(String.valueOf(thrown.getMessage()).contains(named), thrown.getMessage());
    }

    static AgentSession known(String id) {
        return IssuedSession.of(Records.issued(id, "jordan", "api"), AgentSelector.DEFAULT)
                .orElseThrow();
    }

    JsonNode call(RequestStreamHandler handler, String input) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), output, context);
        return Json.read(output.toString(StandardCharsets.UTF_8));
    }

    private IncidentDesk desk() {
        IncidentReport report = new IncidentReport(incidents, journal, known.timeline(), CLOCK);
        IncidentSweep closing = new IncidentSweep(incidents, known.revocations(), outbox, CLOCK);
        Exempting.Home home = new Exempting.Home(Records.ACCOUNT, "us-east-1");
        return new IncidentDesk(
                report,
                new Exempting(controls, lookup, known.timeline(), outbox, outbox, home, CLOCK),
                new Resolving(
                        incidents,
                        report,
                        closing,
                        journal,
                        remaker,
                        new LocalApprovals(),
                        known,
                        onCall,
                        outbox,
                        outbox,
                        CLOCK));
    }
}
