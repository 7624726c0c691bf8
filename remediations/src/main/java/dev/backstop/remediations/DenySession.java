package dev.backstop.remediations;

import dev.backstop.core.AgentSession;
import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes the inline policy that denies one session everything; see <a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html">revoking role sessions</a>.
 * One policy a session: concurrent kills never read, modify and write the same one.
 *
 * @param now when the kill was decided
 */
record DenySession(Resource resource, AgentSession session, DenyPolicyDocument policy, Instant now)
        implements Step<Optional<String>> {
    @Override
    public String action() {
        return "iam:PutRolePolicy";
    }

    @Override
    public String summary() {
        return "deny session " + session.name() + " on role " + resource.id() + " everything";
    }

    @Override
    public String command() {
        return Command.line(
                "aws",
                "iam",
                "put-role-policy",
                "--role-name",
                resource.id(),
                "--policy-name",
                policy.name(),
                "--policy-document",
                policy.json());
    }

    @Override
    public String document() {
        return policy.json();
    }

    @Override
    public Optional<String> read(Aws aws) {
        return aws.rolePolicies().get(resource.id(), policy.name());
    }

    /** A deny whose cut-off lies ahead covers every token there can be: a second kill has nothing to add. */
    @Override
    public Comparison compare(Optional<String> live) {
        boolean denied = live.map(policy::coversAsOf).orElse(Instant.MIN).isAfter(now);
        return denied ? new Comparison.NothingLeft("the session is denied everything") : new Comparison.AsExpected();
    }

    @Override
    public void apply(Aws aws, Optional<String> live) {
        aws.rolePolicies().put(resource.id(), policy.name(), policy.json());
    }

    @Override
    public String show(Optional<String> state) {
        return state.isPresent() ? "denied by " + policy.name() : "not denied";
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(10);
    }
}
