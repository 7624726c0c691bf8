package dev.backstop.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.cli.demo.World.Access;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSelector.Account;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Detection;
import dev.backstop.core.EventEnvelope;
import dev.backstop.core.IssuedSession;
import dev.backstop.core.Json;
import dev.backstop.core.Mode;
import dev.backstop.core.PriorState;
import dev.backstop.core.Resource;
import dev.backstop.core.Rule;
import dev.backstop.core.memory.LocalBreaker;
import dev.backstop.core.memory.LocalControls;
import dev.backstop.core.memory.LocalForgedTags;
import dev.backstop.core.memory.LocalHistory;
import dev.backstop.core.memory.LocalJournal;
import dev.backstop.core.memory.LocalRevocations;
import dev.backstop.core.memory.LocalSessionRegistry;
import dev.backstop.core.memory.LocalTimeline;
import dev.backstop.core.memory.Outbox;
import dev.backstop.functions.line.Answer;
import dev.backstop.functions.line.IamReverter;
import dev.backstop.functions.line.Limits;
import dev.backstop.functions.line.Line;
import dev.backstop.functions.line.Pause;
import dev.backstop.functions.line.Planner;
import dev.backstop.functions.line.Responder;
import dev.backstop.functions.line.Restraints;
import dev.backstop.functions.line.Revoker;
import dev.backstop.functions.line.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Plays calls: each takes effect in the world unless IAM refuses it, and then its record goes Backstop's real way. */
final class Stage {
    private static final AgentSelector AGENTS = AgentSelector.DEFAULT;

    private final World world;
    private final Names names;
    private final FastClock clock = new FastClock();
    private final Outbox outbox = new Outbox();
    private final LocalSessionRegistry sessions = new LocalSessionRegistry();
    private final LocalHistory history = new LocalHistory();
    private final Callers callers = new Callers(AGENTS);
    private final Seed seed;
    private final Watch watch;
    private final Responder responder;
    /** The world as it was last read: only the stage changes it. */
    private State last;

    /** @param seed what the world holds, in the world's own names */
    Stage(World world, Names names, Seed seed, Mode mode, Pause pause) {
        this.world = world;
        this.names = names;
        this.seed = seed;
        this.watch = new Watch(new Account("aws", seed.account()));
        Sessions known = new Sessions(sessions, new LocalTimeline(), new LocalRevocations());
        Revoker revoker = new Revoker(world.aws(), known, AGENTS, clock, pause);
        LocalControls controls = new LocalControls(mode);
        LocalJournal journal = new LocalJournal(clock);
        Line line = new Line(
                _ -> world.aws(),
                sessions,
                known.timeline(),
                journal,
                controls,
                history,
                revoker,
                new IamReverter(
                        world.aws(), new Planner(history, known.timeline()), journal, AGENTS, seed.account(), pause),
                new Restraints(new LocalBreaker(), new LocalForgedTags()),
                outbox,
                outbox);
        Limits limits = new Limits(seed.account(), Duration.ofHours(1), Duration.ZERO);
        this.last = State.of(world);
        this.responder = new Responder(line, AGENTS, limits, clock, pause);
    }

    /** Says what the world looks like before the day, as AWS Config would have recorded it. */
    void open(Instant morning) {
        capture(morning);
    }

    Scene play(JsonNode scripted) {
        CloudTrailRecord called = Script.record(names.real(scripted));
        clock.set(called.eventTime());
        Caller caller = callers.of(called);
        State before = last;
        Access access = world.access(caller.roleName(), caller.context());
        if (access == Access.REFUSED) {
            Change nothing = new Change.Nothing();
            return new Scene(
                    called, caller, nothing, access, List.of(), List.of(), before, before, before, Duration.ZERO);
        }
        world.make(Change.of(called), names);
        JsonNode event = names.real(scripted);
        CloudTrailRecord record = Script.record(event);
        Change change = Change.of(record);
        State after = change instanceof Change.Nothing ? before : State.of(world);
        callers.learn(record);
        if (watch.isForSessions(event)) {
            IssuedSession.of(record, AGENTS).ifPresent(sessions::keep);
        }
        List<Rule> matched = watch.rules(event);
        long started = System.nanoTime();
        List<Answer> answers =
                matched.stream().map(rule -> answer(rule, event, "first")).toList();
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        last = answers.isEmpty() ? after : State.of(world);
        if (!last.equals(before)) {
            capture(clock.instant());
        }
        List<Rule> lookAlikes = matched.isEmpty() ? watch.rulesWhoeverCalls(event) : List.of();
        return new Scene(record, caller, change, access, answers, lookAlikes, before, after, last, took);
    }

    /** Delivers an event that was answered once more, as EventBridge may. */
    List<Answer> again(Scene scene) {
        JsonNode event = EventEnvelope.around(scene.record());
        return watch.rules(event).stream()
                .map(rule -> answer(rule, event, "second"))
                .toList();
    }

    Outbox outbox() {
        return outbox;
    }

    private Answer answer(Rule rule, JsonNode event, String invocation) {
        JsonNode input = Json.read(Json.write(Detection.payload(rule, event)));
        return responder.respond(Detection.of(input, "event"), event.path("id").asText() + invocation);
    }

    private void capture(Instant at) {
        world.aws().instances().describe(world.instances()).forEach(instance -> {
            var configuration = Json.object().put("instanceType", instance.type());
            Resource resource = new Resource("AWS::EC2::Instance", instance.id(), seed.region(), seed.account());
            history.capture(resource, new PriorState(configuration, at, "demo"));
        });
    }
}
