package dev.backstop.functions.line;

import dev.backstop.core.AgentSession;
import dev.backstop.core.Circumstances;
import dev.backstop.core.Finding;
import dev.backstop.core.Leniency;
import dev.backstop.core.Softening;
import dev.backstop.core.Thing;
import dev.backstop.core.port.SessionRegistry;
import dev.backstop.core.port.Timeline;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds out in what circumstances a finding stands, from what is kept of its session, and softens it by them. */
public final class Inquiry {
    private static final String ROLE = "AWS::IAM::Role";

    private final Timeline timeline;
    private final SessionRegistry sessions;
    private final Leniency leniency;

    public Inquiry(Timeline timeline, SessionRegistry sessions, Leniency leniency) {
        this.timeline = timeline;
        this.sessions = sessions;
        this.leniency = leniency;
    }

    /** The finding as it is to be told and acted on. */
    public Finding into(Finding finding) {
        return Softening.of(
                finding,
                new Circumstances(
                        isOwnCreation(finding),
                        owner(finding),
                        leniency.at(finding.record().eventTime()).orElse(null)));
    }

    /** The project by the STS record alone; who owns what a role is called is not asked, since roles are no project's. */
    private @Nullable String owner(Finding finding) {
        AgentSession session = finding.session();
        String project = session.project();
        List<String> ids = finding.rule().resourceIds(finding.record());
        if (project == null || ids.isEmpty() || finding.rule().resourceType().equals(ROLE)) {
            return null;
        }
        boolean owned = ids.stream().allMatch(id -> leniency.owns(project, id));
        return owned && project.equals(projectOfParent(session, project)) ? project : null;
    }

    /** An agent that assumes a role may choose the new session's tags, unless the first ones are transitive. */
    private @Nullable String projectOfParent(AgentSession session, String project) {
        String key = session.parentAccessKeyId();
        Optional<AgentSession> parent = key == null
                ? Optional.empty()
                : sessions.find(new AgentSession(key, "", "", null, key, null, null, null, null, null));
        return parent.isPresent() ? parent.get().project() : project;
    }

    /** Asked only where it can matter, and where no other session can go by the same id: a mere session name is anyone's. */
    private boolean isOwnCreation(Finding finding) {
        if (!Softening.countsOwnCreations(finding.rule()) || !finding.session().idIsItsOwn()) {
            return false;
        }
        List<Set<Thing>> removed = Thing.removedBy(finding.record());
        Set<Thing> all = removed.stream().flatMap(Set::stream).collect(Collectors.toSet());
        Map<Thing, Instant> made = timeline.made(finding.session().id(), all);
        return removed.stream()
                .anyMatch(things -> Thing.allMade(things, made, finding.record().eventTime()));
    }
}
