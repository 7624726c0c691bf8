package dev.backstop.functions.line;

import dev.backstop.core.AgentSession;
import dev.backstop.core.BadInputException;
import dev.backstop.core.port.Revocations.DeactivatedKey;
import dev.backstop.core.port.Revocations.Revoked;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds what is revoked of the session that a person means: as it was written down, or else as it must be. */
record RevokedLookup(Sessions sessions, SessionLookup lookup, Presumption presumption, InstantSource clock) {
    /**
     * What is to be lifted; never empty. A deny that was not written down counts as well: a lost table must lock nobody out.
     *
     * @param keys whether the access keys that the session made are wanted where none were written down
     * @throws BadInputException when there is no such session, or it could be several people's
     */
    List<Revoked> of(String asked, boolean keys) {
        String text = asked.strip();
        List<Revoked> recorded = sessions.revocations().under(text);
        if (!recorded.isEmpty()) {
            return recorded;
        }
        List<AgentSession> found = lookup.find(text);
        List<Revoked> byId = found.stream()
                .flatMap(session -> sessions.revocations().under(session.id()).stream())
                .distinct()
                .toList();
        return byId.isEmpty() ? unrecorded(text, found, keys) : byId;
    }

    private List<Revoked> unrecorded(String text, List<AgentSession> found, boolean keys) {
        Map<String, Revoked> denied = new LinkedHashMap<>();
        Stream.concat(found.stream(), presumption.of(text).stream())
                .map(session -> unrecorded(session, keys))
                .forEach(revoked -> denied.putIfAbsent(revoked.key(), revoked));
        if (denied.isEmpty()) {
            throw new BadInputException(Asked.WHERE, "session", notRevoked(text));
        }
        return List.copyOf(denied.values());
    }

    private Revoked unrecorded(AgentSession session, boolean keys) {
        Instant now = clock.instant();
        List<DeactivatedKey> made = keys ? Revoker.keys(sessions.timeline().created(session.id())) : List.of();
        return new Revoked(session, session.id(), now, now, null, "", "", null, made);
    }

    private String notRevoked(String id) {
        List<String> ids = sessions.revocations().all().stream()
                .map(Revoked::root)
                .distinct()
                .toList();
        return "nothing of session " + id + " is revoked; " + (ids.isEmpty() ? "no session is" : "revoked are " + ids);
    }
}
