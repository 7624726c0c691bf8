package dev.backstop.remediations;

import static dev.backstop.remediations.RoleStage.NOW;
import static dev.backstop.remediations.RoleStage.ROLE;
import static dev.backstop.remediations.RoleStage.vended;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.Comparison;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What gives way when a role is full, and in which order. */
class RoomPlanTest {
    private static final Instant OLD = NOW.minus(Duration.ofHours(2));
    private static final AgentSession NEW = vended("sess_new");

    private final RoleStage stage = new RoleStage();

    @Test
    void theExpiredGoFirstAndNothingElseChanges() {
        stage.kill(vended("sess_dead"), NOW.minus(Duration.ofHours(20)));
        stage.kill(vended("sess_old"), OLD);
        stage.fill(100);
        kill();
        assertEquals(List.of("BackstopRevoke-sess_new", "BackstopRevoke-sess_old", "owners"), List.copyOf(documents()));
    }

    @Test
    void oldOnesAreFoldedIntoAListAndTheNewOneKeepsAPolicyOfItsOwn() {
        List<AgentSession> old = killed(8, OLD);
        stage.fill(100);
        kill();
        assertTrue(documents().contains("BackstopRevoke-sess_new"), this::layout);
        assertEquals(1, lists(), this::layout);
        assertFalse(documents().contains("BackstopRevokeRole"), this::layout);
        old.forEach(session -> assertTrue(stage.denied(session.name(), OLD), this::layout));
        assertFalse(stage.denied("sess_free", OLD));
        // The child that another session bore on the role is still told by the source identity.
        assertTrue(stage.denied(RoleStage.AROA + ":child", "sess_new", null, NOW));
    }

    @Test
    void whatAListDeniesAnywayMakesRoomBeforeAnythingIsFoldedAgain() {
        killed(8, OLD);
        stage.fill(100);
        kill();
        String list =
                documents().stream().filter(RolePolicy::isList).findFirst().orElseThrow();
        String before = stage.documents().get(list);
        stage.fill(50);
        stage.kill(vended("sess_next"), NOW.plusSeconds(5));
        assertEquals(before, stage.documents().get(list));
        assertFalse(documents().contains("BackstopRevoke-sess_new"), this::layout);
        assertTrue(documents().contains("BackstopRevoke-sess_next"), this::layout);
        assertTrue(stage.denied("sess_new", NOW));
    }

    @Test
    void theLastResortIsSaidAloud() {
        stage.fill(160);
        Comparison.NothingLeft said = assertInstanceOf(Comparison.NothingLeft.class, stage.kill(NEW, NOW));
        assertTrue(said.why().contains("EVERY session"), said.why());
        assertTrue(said.why().contains("2026-11-20T10:30:00Z"), said.why());
        assertEquals(List.of("BackstopRevokeRole", "owners"), List.copyOf(documents()));
        assertTrue(stage.denied("sess_new", NOW));
        assertTrue(stage.denied("sess_bystander", NOW));
        DenySession step = (DenySession) RoleStage.step(Revocation.revoke(NEW, AgentSelector.DEFAULT, NOW));
        assertTrue(step.show(step.read(stage.aws)).contains("EVERY session"));
    }

    @Test
    void theLastResortIsLeftAsSoonAsThereIsRoom() {
        stage.fill(160);
        stage.kill(NEW, NOW);
        stage.role.delete(ROLE, "owners");
        stage.kill(NEW, NOW.plusSeconds(60));
        assertTrue(documents().contains("BackstopRevoke-sess_new"), this::layout);
    }

    @Test
    void whenNotEvenThatFitsOneThatIsDeniedByNameGivesWay() {
        stage.role.put(ROLE, "BackstopRevoke-sess_0", thin("sess_0"));
        stage.role.put(ROLE, "BackstopRevoke-sess_1", thin("sess_1"));
        stage.role.put(ROLE, "BackstopRevoke-" + "x".repeat(64), thin("x".repeat(64)));
        stage.fill(5);
        kill();
        assertTrue(documents().contains("BackstopRevokeRole"), this::layout);
        List.of("sess_0", "sess_1", "x".repeat(64), "sess_new")
                .forEach(name -> assertTrue(stage.denied(name, OLD), this::layout));
    }

    @Test
    void aRoleFullOfWhatOthersWroteIsLeftAloneAndTheWayNamed() {
        stage.fill(20);
        var before = stage.documents();
        var full = assertThrows(IllegalStateException.class, () -> stage.kill(NEW, NOW));
        assertTrue(String.valueOf(full.getMessage()).contains("AWSDenyAll"), full.getMessage());
        assertEquals(before, stage.documents());
    }

    @Test
    void aFoldedSessionIsReleasedAndTheOthersOfTheListAreNot() {
        List<AgentSession> old = killed(8, OLD);
        stage.fill(100);
        kill();
        AgentSession folded = old.stream()
                .filter(session -> !documents().contains("BackstopRevoke-" + session.name()))
                .findFirst()
                .orElseThrow();
        assertInstanceOf(Comparison.NothingLeft.class, stage.lift(folded, NOW));
        assertFalse(stage.denied(folded.name(), OLD));
        old.stream()
                .filter(session -> session != folded)
                .forEach(session -> assertTrue(stage.denied(session.name(), OLD), this::layout));
    }

    @Test
    void aListWithoutRoomForACopyIsRewrittenInPlaceAndGoesWithItsLast() {
        stage.role.put(
                ROLE,
                "BackstopRevokeMany-20261120T080000Z-0",
                DenyPolicyDocument.brief(
                                "",
                                new LinkedHashSet<>(
                                        List.of(DenyTerm.userId(vended("sess_0")), DenyTerm.userId(vended("sess_1")))),
                                OLD.plusSeconds(900))
                        .json());
        stage.fill(10);
        stage.lift(vended("sess_0"), NOW);
        assertFalse(stage.denied("sess_0", OLD));
        assertTrue(stage.denied("sess_1", OLD));
        stage.lift(vended("sess_1"), NOW);
        assertEquals(List.of("owners"), List.copyOf(documents()));
    }

    @Test
    void aKillOfAFoldedSessionHasNothingToAdd() {
        List<AgentSession> old = killed(8, NOW.minusSeconds(60));
        stage.fill(100);
        kill();
        var before = stage.documents();
        old.forEach(session -> stage.kill(session, NOW));
        assertEquals(before, stage.documents());
    }

    private void kill() {
        assertInstanceOf(Comparison.NothingLeft.class, stage.kill(NEW, NOW));
        assertTrue(stage.denied("sess_new", NOW.plusSeconds(890)));
    }

    private List<AgentSession> killed(int count, Instant at) {
        List<AgentSession> sessions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sessions.add(vended("sess_" + i));
            stage.kill(sessions.getLast(), at);
        }
        return sessions;
    }

    private static String thin(String name) {
        return DenyPolicyDocument.brief("", Set.of(DenyTerm.userId(vended(name))), OLD.plusSeconds(900))
                .json();
    }

    private Set<String> documents() {
        return stage.documents().keySet();
    }

    private long lists() {
        return documents().stream().filter(RolePolicy::isList).count();
    }

    private String layout() {
        return stage.documents().toString();
    }
}
