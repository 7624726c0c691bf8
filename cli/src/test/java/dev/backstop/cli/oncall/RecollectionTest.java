package dev.backstop.cli.oncall;

import static dev.backstop.cli.oncall.Trail.OTHER;
import static dev.backstop.cli.oncall.Trail.ROLE;
import static dev.backstop.cli.oncall.Trail.TEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.TimelineEntry;
import dev.backstop.core.memory.LocalRoles;
import dev.backstop.core.port.Roles.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the event history tells of sessions. */
class RecollectionTest {
    private static final String NO_REQUEST = "\"requestParameters\":null,\"responseElements\":null";

    private final Trail trail = new Trail();
    private final LocalRoles roles = new LocalRoles();
    private final List<String> notes = new ArrayList<>();
    private final Recollection recollection = new Recollection(
            trail,
            new AgentRoles(roles, AgentSelector.DEFAULT, notes::add),
            AgentSelector.DEFAULT,
            TEN.minusSeconds(3600));

    RecollectionTest() {
        roles.create(new Role(ROLE, "AROADEPLOY"));
        roles.create(new Role(OTHER, "AROADEPLOYER"));
    }

    @Test
    void findsASessionByItsKeyWithAllThatItsStsRecordSays() {
        trail.issued(ROLE, "sess_1", "sess_1", "ASIA1", "ASIAVENDOR", TEN);

        AgentSession found = recollection.find(seen("", "", "ASIA1")).orElseThrow();
        assertEquals("sess_1", found.id());
        assertEquals("jordan", found.developer());
        assertEquals("AROADEPLOY:sess_1", found.principalId());
        assertEquals(TEN, found.startedAt());
        assertEquals(Optional.empty(), recollection.find(seen("", "", "ASIA2")));
    }

    @Test
    void aSessionWhoseStsRecordIsElsewhereIsKnownByItsCalls() {
        trail.call(ROLE, "worker", "sess_1", "ASIA1", "ec2:DescribeInstances", NO_REQUEST, TEN);

        assertEquals(
                "sess_1", recollection.find(seen("", "", "ASIA1")).orElseThrow().id());
        assertEquals(
                "worker",
                recollection.find(seen(ROLE, "worker", null)).orElseThrow().name());
        assertEquals(Optional.empty(), recollection.find(seen(OTHER, "worker", null)));
    }

    @Test
    void findsAnIdThatIsNoNameOverTheAgentRoles() {
        trail.issued(ROLE, "worker", "sess_1", "ASIA1", "ASIAVENDOR", TEN);

        assertEquals(List.of(), recollection.named("sess_1"));
        assertEquals("ASIA1", recollection.withId("sess_1").getFirst().accessKeyId());
        assertEquals(
                "ASIA1", recollection.withSourceIdentity("sess_1").getFirst().accessKeyId());
        assertEquals(List.of(), recollection.withId("sess_2"));
    }

    @Test
    void anotherThingOfThatNameIsNoSession() {
        trail.call(ROLE, "sess_1", "sess_1", "ASIA1", "s3:CreateBucket", NO_REQUEST, TEN);
        assertEquals(List.of(), recollection.withId("CreateBucket"));
        assertEquals(1, recollection.withId("sess_1").size());
    }

    @Test
    void findsWhomAKeyAssumed() {
        trail.issued(OTHER, "hop", "sess_1", "ASIACHILD", "ASIA1", TEN);
        trail.call(ROLE, "sess_1", "sess_1", "ASIA1", "ec2:DescribeInstances", NO_REQUEST, TEN);

        AgentSession child = recollection.children("ASIA1").getFirst();
        assertEquals(OTHER, child.roleArn());
        assertEquals("ASIA1", child.parentAccessKeyId());
        assertEquals(List.of(), recollection.children("ASIACHILD"));
    }

    @Test
    void looksBackNoFurtherThanAsked() {
        trail.issued(ROLE, "sess_1", "sess_1", "ASIA1", "ASIAVENDOR", TEN.minusSeconds(3601));
        assertEquals(List.of(), recollection.withId("sess_1"));
    }

    @Test
    void listsTheSessionsOfAgentRolesOnlyLatestFirst() {
        trail.issued(ROLE, "sess_1", "sess_1", "ASIA1", "ASIAVENDOR", TEN);
        trail.issued(ROLE, "sess_2", "sess_2", "ASIA2", "ASIAVENDOR", TEN.plusSeconds(9));
        trail.issued(OTHER, "maria", null, "ASIA3", "ASIAVENDOR", TEN.plusSeconds(9));

        assertEquals(
                List.of("sess_2", "sess_1"),
                recollection.since(TEN).stream().map(AgentSession::id).toList());
        assertEquals(
                List.of("sess_2"),
                recollection.since(TEN.plusSeconds(1)).stream()
                        .map(AgentSession::id)
                        .toList());
    }

    @Test
    void aTimelineHoldsTheIssueAndTheCallsInOrder() {
        trail.call(ROLE, "sess_1", "sess_1", "ASIA1", "iam:CreateAccessKey", """
                "requestParameters":{"userName":"eve"},
                "responseElements":{"accessKey":{"userName":"eve","accessKeyId":"AKIAEVE"}}""", TEN.plusSeconds(60));
        trail.call(ROLE, "sess_1", "sess_1", "ASIA1", "ec2:DescribeInstances", NO_REQUEST, TEN.plusSeconds(30));
        trail.issued(ROLE, "sess_1", "sess_1", "ASIA1", "ASIAVENDOR", TEN);
        trail.call(ROLE, "sess_2", "sess_2", "ASIA2", "ec2:RunInstances", NO_REQUEST, TEN);

        List<TimelineEntry> entries = recollection.timeline("sess_1");
        assertEquals(
                List.of("sts:AssumeRole", "ec2:DescribeInstances", "iam:CreateAccessKey"),
                entries.stream().map(TimelineEntry::what).toList());
        assertEquals(TimelineEntry.Kind.ISSUED, entries.getFirst().kind());
        assertTrue(String.valueOf(entries.getLast().created()).contains("AKIAEVE"));
        assertEquals(List.of(), recollection.timeline("sess_9"));
    }

    private static AgentSession seen(String role, String name, @Nullable String key) {
        return new AgentSession(name, role, name, null, key, null, null, null, null, null);
    }
}
