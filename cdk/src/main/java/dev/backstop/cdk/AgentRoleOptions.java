package dev.backstop.cdk;

import dev.backstop.core.AgentSelector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.iam.IManagedPolicy;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * What makes one agent role differ from another; start with {@link #assumedBy} and add.
 *
 * @param trusted who hands out sessions of the role
 * @param name of the role; null to let CloudFormation make one up
 * @param sessionIds what session ids begin with: the configuration's {@code agentSourceIdentities}
 * @param regions the only Regions to work in; empty for all
 * @param instanceTypes the only EC2 instance types to launch or resize to, {@code t3.*} among them; empty for all
 * @param statements what the role may do, or may not, besides
 * @param boundary null for the one that Backstop's stack has deployed in the account
 */
public record AgentRoleOptions(
        IPrincipal trusted,
        @Nullable String name,
        List<String> sessionIds,
        List<String> regions,
        List<String> instanceTypes,
        List<PolicyStatement> statements,
        @Nullable IManagedPolicy boundary) {

    public AgentRoleOptions {
        sessionIds = List.copyOf(sessionIds);
        regions = List.copyOf(regions);
        instanceTypes = List.copyOf(instanceTypes);
        statements = List.copyOf(statements);
        if (sessionIds.isEmpty()) {
            throw new IllegalArgumentException("with no beginning of session ids nobody could assume the role");
        }
    }

    /** Trusts one principal: whatever hands out the agents' credentials. */
    public static AgentRoleOptions assumedBy(IPrincipal trusted) {
        return new AgentRoleOptions(
                trusted, null, AgentSelector.DEFAULT.sourceIdentityPrefixes(), List.of(), List.of(), List.of(), null);
    }

    public AgentRoleOptions named(String name) {
        return new AgentRoleOptions(trusted, name, sessionIds, regions, instanceTypes, statements, boundary);
    }

    /** Needed only where the configuration's {@code agentSourceIdentities} are not the default. */
    public AgentRoleOptions sessionIdsBeginning(String... prefixes) {
        return new AgentRoleOptions(trusted, name, List.of(prefixes), regions, instanceTypes, statements, boundary);
    }

    /** Denies every other Region; services that have none, such as IAM, stay. */
    public AgentRoleOptions onlyInRegions(String... regions) {
        return new AgentRoleOptions(trusted, name, sessionIds, List.of(regions), instanceTypes, statements, boundary);
    }

    /** Denies launching other EC2 instance types and resizing to them, and launches whose type IAM cannot see. */
    public AgentRoleOptions onlyInstanceTypes(String... types) {
        return new AgentRoleOptions(trusted, name, sessionIds, regions, List.of(types), statements, boundary);
    }

    /** Adds to what the role may do, or, with {@code Effect.DENY}, may not. The boundary holds all the same. */
    public AgentRoleOptions with(PolicyStatement... more) {
        List<PolicyStatement> all = new ArrayList<>(statements);
        all.addAll(List.of(more));
        return new AgentRoleOptions(trusted, name, sessionIds, regions, instanceTypes, all, boundary);
    }

    /** For a stack that deploys the boundary itself. */
    public AgentRoleOptions within(IManagedPolicy boundary) {
        return new AgentRoleOptions(trusted, name, sessionIds, regions, instanceTypes, statements, boundary);
    }

    /** Regions and instance types as denies. */
    List<PolicyStatement> limits() {
        List<PolicyStatement> limits = new ArrayList<>();
        if (!regions.isEmpty()) {
            limits.add(AgentLimits.regions(regions));
        }
        if (!instanceTypes.isEmpty()) {
            limits.addAll(AgentLimits.instanceTypes(instanceTypes));
        }
        return limits;
    }
}
