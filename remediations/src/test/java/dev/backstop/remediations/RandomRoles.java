package dev.backstop.remediations;

import static dev.backstop.remediations.RoleStage.AROA;
import static dev.backstop.remediations.RoleStage.NOW;

import dev.backstop.core.AgentSession;
import dev.backstop.core.Records;
import dev.backstop.core.memory.LocalRolePolicies;
import dev.backstop.core.port.RolePolicies;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Roles in all states that kills, restores, owners and meddlers may leave them in; the same ones for the same seed. */
final class RandomRoles {
    private final Random random;

    RandomRoles(long seed) {
        random = new Random(seed);
    }

    /** Fills a role, often to the last character. */
    void fill(LocalRolePolicies role, String roleName) {
        int foreign = random.nextInt(4);
        for (int i = 0; i < foreign; i++) {
            int room = RolePolicies.QUOTA - role.used(roleName);
            int size = random.nextInt(4) == 0 ? room - random.nextInt(700) : 100 + random.nextInt(3000);
            put(role, roleName, "owners-" + i, RoleStage.foreign(Math.max(size, 120)));
        }
        int ours = random.nextInt(60);
        for (int i = 0; i < ours; i++) {
            ours(role, roleName);
        }
    }

    AgentSession session() {
        String name = "s".repeat(1 + random.nextInt(random.nextBoolean() ? 12 : 58)) + (10 + random.nextInt(90));
        String id = random.nextInt(3) == 0 ? "id-" + name : name;
        String identity = random.nextBoolean() ? id : "maria";
        String principal = random.nextInt(10) == 0 ? null : AROA + ":" + name;
        Instant started = random.nextBoolean() ? NOW : null;
        return new AgentSession(id, Records.ROLE, name, principal, null, identity, null, null, started, null);
    }

    private void ours(LocalRolePolicies role, String roleName) {
        AgentSession session = session();
        Instant killed = NOW.minusSeconds(random.nextInt(random.nextBoolean() ? 3600 : 20 * 3600));
        DenyPolicyDocument own = DenyPolicyDocument.of(session, killed);
        Instant cutOff = DenyPolicyDocument.cutOff(killed);
        switch (random.nextInt(12)) {
            case 0 -> put(role, roleName, listName(killed), list(cutOff));
            case 1 -> put(role, roleName, own.name(), own.json().replace("\"Deny\"", "\"Allow\""));
            case 2 -> put(role, roleName, own.name(), own.json().replaceFirst("\"Deny\"", "\"Allow\""));
            case 3 -> everyone(role, roleName, killed);
            case 4, 5, 6 -> put(role, roleName, own.name(), document(Set.of(DenyTerm.userId(session)), cutOff));
            default -> put(role, roleName, own.name(), own.json());
        }
    }

    private void everyone(LocalRolePolicies role, String roleName, Instant killed) {
        DenyPolicyDocument everyone = DenyPolicyDocument.everyone(killed);
        if (random.nextInt(20) == 0) {
            put(role, roleName, random.nextBoolean() ? everyone.name() : listName(killed), everyone.json());
        }
    }

    private String list(Instant cutOff) {
        List<DenyTerm> terms = new ArrayList<>();
        int members = 1 + random.nextInt(30);
        for (int i = 0; i < members; i++) {
            AgentSession session = session();
            Set<DenyTerm> named = random.nextInt(10) == 0 ? DenyTerm.of(session) : Set.of(DenyTerm.userId(session));
            terms.addAll(random.nextInt(20) == 0 ? named : RolePolicy.brief(named));
        }
        return document(new LinkedHashSet<>(terms), cutOff);
    }

    private String listName(Instant made) {
        return random.nextInt(10) == 0
                ? DenyPolicyDocument.LIST + "by-hand"
                : DenyPolicyDocument.listName(made, Integer.toHexString(random.nextInt()));
    }

    private static String document(Set<DenyTerm> terms, Instant cutOff) {
        return DenyPolicyDocument.brief("", terms, cutOff).json();
    }

    private static void put(LocalRolePolicies role, String roleName, String name, String json) {
        try {
            role.put(roleName, name, json);
        } catch (RolePolicies.QuotaExceededException _) {
            // Then this role goes without it.
        }
    }

    /** When a plan is made for the role. */
    Instant now() {
        return NOW.plus(Duration.ofSeconds(random.nextInt(1200)));
    }
}
