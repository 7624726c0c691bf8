package dev.backstop.cli.account;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.Mode;
import dev.backstop.core.memory.LocalBreaker;
import dev.backstop.core.memory.LocalControls;
import dev.backstop.core.memory.LocalForgedTags;
import dev.backstop.core.memory.LocalJournal;
import dev.backstop.core.memory.LocalRevocations;
import dev.backstop.core.memory.LocalSessionRegistry;
import dev.backstop.core.memory.LocalTimeline;
import dev.backstop.core.port.AlertChannel;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Breaker;
import dev.backstop.core.port.Controls;
import dev.backstop.core.port.EventBus;
import dev.backstop.core.port.ForgedTags;
import dev.backstop.core.port.History;
import dev.backstop.core.port.Journal;
import dev.backstop.core.port.Timeline;
import dev.backstop.functions.line.Announcer;
import dev.backstop.functions.line.IamReverter;
import dev.backstop.functions.line.Line;
import dev.backstop.functions.line.Pause;
import dev.backstop.functions.line.Planner;
import dev.backstop.functions.line.PriorStates;
import dev.backstop.functions.line.Restraints;
import dev.backstop.functions.line.Revoker;
import dev.backstop.functions.line.Sessions;
import dev.backstop.functions.message.Letterhead;
import dev.backstop.functions.sdk.BackstopTable;
import dev.backstop.functions.sdk.ConfigHistory;
import dev.backstop.functions.sdk.DynamoBaselines;
import dev.backstop.functions.sdk.DynamoBreaker;
import dev.backstop.functions.sdk.DynamoControls;
import dev.backstop.functions.sdk.DynamoForgedTags;
import dev.backstop.functions.sdk.DynamoJournal;
import dev.backstop.functions.sdk.DynamoRevocations;
import dev.backstop.functions.sdk.DynamoSessionRegistry;
import dev.backstop.functions.sdk.DynamoTimeline;
import dev.backstop.functions.sdk.EventBridgeBus;
import dev.backstop.functions.sdk.SdkAws;
import dev.backstop.functions.sdk.SnsAlertChannel;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The line as the deployed functions have it, with the caller's credentials, and in memory what is not deployed. */
public final class OwnLine {
    private OwnLine() {}

    /**
     * Puts the line together.
     *
     * @param chosen the mode for everything; null where the deployed switch decides, or observe where there is none
     * @param creations what else the sessions are known to have created
     * @param notes takes one line a note, and the alerts where there is no topic
     */
    public static Line of(
            Account account,
            AgentSelector agents,
            @Nullable Mode chosen,
            Timeline creations,
            InstantSource clock,
            Consumer<String> notes) {
        Stack stack = Stack.in(account, notes);
        Optional<BackstopTable> table = stack.table();
        Controls controls = chosen != null
                ? new LocalControls(chosen)
                : table.<Controls>map(found -> new DynamoControls(found, clock))
                        .orElseGet(() -> new LocalControls(Mode.OBSERVE));
        Sessions kept = sessions(stack, clock)
                .orElseGet(() -> new Sessions(new LocalSessionRegistry(), new LocalTimeline(), new LocalRevocations()));
        Sessions sessions =
                new Sessions(kept.registry(), new ReadTimeline(kept.timeline(), creations), kept.revocations());
        History config = ConfigHistory.everywhere(account.clients());
        History history = table.<History>map(
                        found -> new PriorStates(new DynamoBaselines(found, clock), config, clock, Pause.REAL))
                .orElse(config);
        Journal journal =
                table.<Journal>map(found -> new DynamoJournal(found, clock)).orElseGet(() -> new LocalJournal(clock));
        Aws aws = new SdkAws(account.clients());
        EventBus bus = bus(account, notes);
        return new Line(
                account.regions(),
                sessions.registry(),
                sessions.timeline(),
                journal,
                controls,
                history,
                new Revoker(aws, sessions, agents, clock, Pause.REAL),
                new IamReverter(aws, new Planner(history, sessions.timeline()), journal, agents, null, Pause.REAL),
                new Restraints(
                        table.<Breaker>map(DynamoBreaker::new).orElseGet(LocalBreaker::new),
                        table.<ForgedTags>map(DynamoForgedTags::new).orElseGet(LocalForgedTags::new)),
                new Announcer(alerts(account, stack, notes), bus, Letterhead.PLAIN),
                bus);
    }

    /** What the deployed table keeps of sessions. */
    public static Optional<Sessions> sessions(Stack stack, InstantSource clock) {
        return stack.table()
                .map(found -> new Sessions(
                        new DynamoSessionRegistry(found, clock),
                        new DynamoTimeline(found, clock),
                        new DynamoRevocations(found)));
    }

    /** The default bus; where it takes nothing, a note says so. */
    public static EventBus bus(Account account, Consumer<String> notes) {
        return new Hesitant.Bus(new EventBridgeBus(account.clients().eventBridge()), notes);
    }

    /** The alert topic, and the notes where it takes nothing or there is none. */
    public static AlertChannel alerts(Account account, Stack stack, Consumer<String> notes) {
        AlertChannel printed = new PrintedAlerts(notes);
        return stack.topicArn()
                .<AlertChannel>map(arn -> new Hesitant.Alerts(
                        new SnsAlertChannel(account.clients().sns(), arn, Letterhead.PLAIN), printed, notes))
                .orElse(printed);
    }
}
