package dev.backstop.functions.line;

import dev.backstop.core.AgentSession;
import dev.backstop.core.Alert;
import dev.backstop.core.Mode;
import dev.backstop.core.Outcome;
import dev.backstop.core.Resource;
import dev.backstop.core.Rule;
import dev.backstop.core.TimelineEntry;
import dev.backstop.core.Trigger;
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
        if (asked.mode() == Mode.OBSERVE) {
            return outcomes;
        }
        Instant now = clock.instant();
        List<TimelineEntry> entries = new ArrayList<>();
        entries.add(asked.entry(rule, now));
        outcomes.forEach(outcome -> entries.add(TimelineEntry.of(outcome, now)));
        timeline.keep(session.id(), entries);
        String account = session.roleArn().split(":", 6)[4];
        Resource role = new Resource("AWS::IAM::Role", session.roleName(), "us-east-1", account);
        Trigger trigger = new Trigger(asked.reference(), now, "backstop:" + rule.id(), account, "us-east-1");
        Rule because = GuardRules.because(rule, asked.operator(), asked.reason());
        alerts.send(new Alert(because, trigger, session, role, Mode.ENFORCE, outcomes, now));
        bus.put(outcomes.stream()
                .map(outcome ->
                        new EventBus.Event("Backstop Outcome", outcome.toJson().put("session", session.id())))
                .toList());
        return outcomes;
    }
}
