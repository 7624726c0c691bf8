package dev.backstop.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.BadInputException;
import dev.backstop.core.Mode;
import dev.backstop.core.contract.ForwardingAws;
import dev.backstop.core.contract.ForwardingSecurityGroups;
import dev.backstop.core.memory.SessionContext;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.RolePolicies;
import dev.backstop.core.port.SecurityGroups;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** The demo holds on the day it ships with, and its verdict notices when the guard does not do its work. */
class DemoTest {
    private static final Path SESSIONS = Path.of(System.getProperty("backstop.root"), "test-events", "sessions");

    private final Script script = Script.read(SESSIONS, "a-working-day", Instant.parse("2026-11-24T12:00:00Z"));
    private final World world = new LocalWorld(Seed.of(script.world()));
    private final StringWriter text = new StringWriter();

    @Test
    void everyCheckHolds() {
        assertTrue(play(world, Mode.ENFORCE, false, true), text::toString);
        assertEquals(List.of(), failures());
    }

    @Test
    void fitsIntoHundredColumnsWithoutEscapes() {
        play(world, Mode.ENFORCE, false, true);
        text.toString().lines().forEach(line -> {
            assertTrue(line.length() <= 100, line);
            assertTrue(line.chars().allMatch(c -> c >= ' ' && c < 127), line);
        });
    }

    @Test
    void coloursATerminal() {
        play(world, Mode.ENFORCE, true, false);
        assertTrue(text.toString().contains("\u001b[1;31m"));
        text.toString()
                .replaceAll("\u001b\\[[0-9;]*m", "")
                .lines()
                .forEach(line -> assertTrue(line.length() <= 100, line));
    }

    @Test
    void failsWhenNothingIsDone() {
        assertFalse(play(world, Mode.OBSERVE, false, false));
        assertTrue(failures().stream().anyMatch(line -> line.contains("no tcp 443 from 0.0.0.0/0 any more")));
        assertTrue(failures().stream().anyMatch(line -> line.contains("a session is revoked: none was")));
    }

    @Test
    void failsWhenTheRuleIsStillThere() {
        SecurityGroups stubborn = new Stubborn(world.aws().securityGroups());
        assertFalse(play(with(stubborn, world.aws().rolePolicies()), Mode.ENFORCE, false, false));
        assertEquals(2, failures().size(), text::toString);
        assertTrue(failures().getFirst().contains("no tcp 443 from 0.0.0.0/0 any more"));
    }

    @Test
    void failsWhenMoreIsTakenThanTheAgentAdded() {
        SecurityGroups greedy = new Greedy(world.aws().securityGroups());
        assertFalse(play(with(greedy, world.aws().rolePolicies()), Mode.ENFORCE, false, false));
        assertTrue(failures().stream().anyMatch(line -> line.contains("nothing else differs")), text::toString);
    }

    @Test
    void failsWhenTheWholeRoleIsDenied() {
        RolePolicies broad = new Broad(world.aws().rolePolicies());
        assertFalse(play(with(world.aws().securityGroups(), broad), Mode.ENFORCE, false, false));
        assertTrue(
                failures().stream().anyMatch(line -> line.contains("another session on the same role")),
                text::toString);
    }

    @Test
    void saysWhichFileIsMissing() {
        var error = Assertions.assertThrows(
                BadInputException.class, () -> Script.read(SESSIONS, "no-such-day", Instant.now()));
        assertTrue(String.valueOf(error.getMessage()).contains("no-such-day.jsonl"));
    }

    private boolean play(World stage, Mode mode, boolean colour, boolean full) {
        Paper paper = new Paper(new PrintWriter(text), colour);
        return new Demo(script, paper, full).play(stage, new Names(), mode, _ -> {});
    }

    private List<String> failures() {
        return text.toString()
                .lines()
                .filter(line -> line.startsWith("failed: ") || line.startsWith("    FAIL  "))
                .map(line -> line.replaceFirst("^failed: |^ *FAIL *", ""))
                .filter(line -> !line.isBlank())
                .toList();
    }

    private World with(SecurityGroups groups, RolePolicies policies) {
        record Rigged(Aws real, SecurityGroups securityGroups, RolePolicies rolePolicies) implements ForwardingAws {}
        return new Behind(world, new Rigged(world.aws(), groups, policies));
    }

    /** Answers as if it had removed the rules. */
    private record Stubborn(SecurityGroups real) implements ForwardingSecurityGroups {
        @Override
        public void revokeIngress(String groupId, Set<String> ruleIds) {}
    }

    /** Removes every ingress rule of the group. */
    private record Greedy(SecurityGroups real) implements ForwardingSecurityGroups {
        @Override
        public void revokeIngress(String groupId, Set<String> ruleIds) {
            rules(groupId).stream()
                    .filter(rule -> !rule.egress())
                    .forEach(rule -> real.revokeIngress(groupId, Set.of(rule.ruleId())));
        }
    }

    /** Writes a deny of all older sessions beside the wanted one. */
    private record Broad(RolePolicies real) implements RolePolicies {
        @Override
        public java.util.Optional<String> get(String roleName, String policyName) {
            return real.get(roleName, policyName);
        }

        @Override
        public Set<String> names(String roleName) {
            return real.names(roleName);
        }

        @Override
        public void put(String roleName, String policyName, String document) {
            real.put(roleName, policyName, document);
            real.put(roleName, policyName + "-all", document.replaceAll("\"StringEquals\":\\{[^}]*\\},", ""));
        }

        @Override
        public boolean delete(String roleName, String policyName) {
            return real.delete(roleName, policyName);
        }
    }

    /** A world whose ports are rigged. */
    private record Behind(World real, Aws aws) implements World {
        @Override
        public String title() {
            return real.title();
        }

        @Override
        public void make(Change change, Names names) {
            real.make(change, names);
        }

        @Override
        public Access access(String roleName, SessionContext caller) {
            return real.access(roleName, caller);
        }

        @Override
        public Set<String> groups() {
            return real.groups();
        }

        @Override
        public Set<String> instances() {
            return real.instances();
        }

        @Override
        public Set<String> roles() {
            return real.roles();
        }

        @Override
        public Set<String> databases() {
            return real.databases();
        }

        @Override
        public Set<String> functions() {
            return real.functions();
        }

        @Override
        public Set<String> buckets() {
            return real.buckets();
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
