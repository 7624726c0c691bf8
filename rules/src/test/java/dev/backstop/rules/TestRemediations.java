package dev.backstop.rules;

import java.util.Set;

/** The remediations that the catalogue names; that they exist is tested where both are known. */
final class TestRemediations {
    static final Set<String> IDS =
            Set.of("revoke-added-security-group-rules", "stop-launched-instances", "restore-instance-type");

    private TestRemediations() {}
}
