package dev.backstop.functions.line;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Detection;
import dev.backstop.core.GroupRule;
import dev.backstop.core.IssuedSession;
import dev.backstop.core.Leniency;
import dev.backstop.core.Mode;
import dev.backstop.core.Records;
import dev.backstop.core.Response;
import dev.backstop.core.Rule;
import dev.backstop.core.memory.LocalAws;
import dev.backstop.core.memory.LocalBreaker;
import dev.backstop.core.memory.LocalControls;
import dev.backstop.core.memory.LocalDetections;
import dev.backstop.core.memory.LocalForgedTags;
import dev.backstop.core.memory.LocalHistory;
import dev.backstop.core.memory.LocalJournal;
import dev.backstop.core.memory.LocalRevocations;
import dev.backstop.core.memory.LocalSessionRegistry;
import dev.backstop.core.memory.LocalTimeline;
import dev.backstop.core.memory.Outbox;
import dev.backstop.core.port.AlertChannel;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.KillSwitch;
import dev.backstop.remediations.Remediations;
import dev.backstop.rules.Configuration;
import dev.backstop.rules.RuleBook;
import dev.backstop.rules.WindowBook;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A whole line over a local AWS, with a clock that only pauses move. */
final class Stage implements InstantSource {
    static final Rule OPENED = Records.rule(
            "security-group-opened-to-world",
            "revoke-added-security-group-rules",
            Response.ALERT,
            Response.REVERT,
            Response.REVOKE);
    static final CloudTrailRecord CALL = Records.authorized(Records.item("sgr-agent", 443, "0.0.0.0/0"));
    static final Detection DETECTION = new Detection(OPENED, CALL);

    final LocalAws aws = new LocalAws();
    final LocalSessionRegistry sessions = new LocalSessionRegistry();
    final LocalJournal journal = new LocalJournal(this);
    final LocalControls controls = new LocalControls(Mode.ENFORCE);
    final LocalRevocations revocations = new LocalRevocations();
    final Outbox outbox = new Outbox();
    final LocalDetections detections = new LocalDetections();
    final LocalTimeline timeline = new LocalTimeline();
    final Sessions known = new Sessions(sessions, timeline, revocations);
    final LocalHistory history = new LocalHistory();
    final LocalForgedTags forgedTags = new LocalForgedTags();
    final Restraints restraints = new Restraints(new LocalBreaker(), forgedTags);
    final IamReverter reverter = new IamReverter(
            aws, new Planner(history, timeline), journal, AgentSelector.DEFAULT, Records.ACCOUNT, this::pass);
    final Remaker remaker = new Remaker(_ -> aws, journal, reverter, this, this::pass);
    final Revoker revoker = new Revoker(aws, known, AgentSelector.DEFAULT, this, this::pass);
    Instant now = Instant.parse(Records.TIME).plusSeconds(4);
    /** What happens in the world while somebody waits. */
    Runnable onPause = () -> {};

    Leniency leniency = Leniency.NONE;
    Limits limits = Limits.in(Records.ACCOUNT);

    Stage() {
        aws.rolePolicies().createRole("agent-deploy-role");
        aws.securityGroups().put(new GroupRule("sgr-agent", "sg-1", false, "tcp", 443, 443, "0.0.0.0/0", null));
        aws.securityGroups().put(new GroupRule("sgr-human", "sg-1", false, "tcp", 80, 80, "0.0.0.0/0", null));
        IssuedSession.of(Records.issued("sess_a8f3b21c", "jordan", "backend-api"), AgentSelector.DEFAULT)
                .ifPresent(sessions::keep);
    }

    /** With the catalogue's windows. */
    WindowWatch windows() {
        RuleBook book = RuleBook.catalogue(Configuration.DEFAULT, Remediations.ids());
        return new WindowWatch(WindowBook.of(book), timeline, journal, detections);
    }

    Responder responder() {
        return responder(aws, outbox, revoker);
    }

    Line line() {
        return line(aws, outbox, revoker);
    }

    private Line line(Aws target, AlertChannel alerts, KillSwitch killSwitch) {
        return new Line(
                _ -> target,
                sessions,
                timeline,
                journal,
                controls,
                history,
                killSwitch,
                reverter,
                restraints,
                alerts,
                outbox);
    }

    Responder responder(Aws target, AlertChannel alerts, KillSwitch killSwitch) {
        Line line = line(target, alerts, killSwitch);
        return new Responder(line, AgentSelector.DEFAULT, limits, leniency, this, this::pass);
    }

    void pass(Duration duration) {
        now = now.plus(duration);
        onPause.run();
    }

    @Override
    public Instant instant() {
        return now;
    }
}
