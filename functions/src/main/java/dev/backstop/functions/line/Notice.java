package dev.backstop.functions.line;

import dev.backstop.core.AgentSession;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Resource;
import dev.backstop.core.Rule;
import dev.backstop.core.TimelineEntry;
import dev.backstop.core.port.AlertChannel;
import dev.backstop.core.port.EventBus;
import dev.backstop.core.port.Timeline;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Tells what a person asked for and what came of it: in the timeline, to the others on call, and to whoever listens. */
record Notice(Timeline timeline, AlertChannel alerts, EventBus bus, InstantSource clock) {
    /** Of a dry run nobody hears. */
    List<Outcome> of(Rule rule, Asked asked, AgentSession session, List<Outcome> outcomes) {
        return of(rule, asked, session, Resource.role(session.roleArn()), outcomes);
    }

    /** The same of what is not about the session's role. */
    List<Outcome> of(Rule rule, Asked asked, AgentSession session, Resource resource, List<Outcome> outcomes) {
        if (asked.mode() == Mode.OBSERVE) {
            return outcomes;
        }
        Instant now = clock.instant();
        List<TimelineEntry> entries = new ArrayList<>(TimelineEntry.of(outcomes, now));
        entries.addFirst(asked.entry(rule, now));
        timeline.keep(session.id(), entries);
        Rule because = GuardRules.because(rule, asked.operator(), asked.reason());
        alerts.send(GuardRules.alert(
                because, asked.reference(), "backstop:" + rule.id(), session, resource, outcomes, now));
        bus.put(BackstopEvents.of(rule, session, asked, outcomes));
        return outcomes;
    }
}
