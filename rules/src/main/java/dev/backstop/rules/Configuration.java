package dev.backstop.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Leniency;
import dev.backstop.core.RevertLimits;
import dev.backstop.core.Routes;
import dev.backstop.core.Runbook;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a user configures, in cdk.json's {@code context} or by {@code -c key=value}: the same for the stack and the
 * command line.
 *
 * @param agents which callers are agents: keys {@code agentRoles}, {@code agentSourceIdentities}, {@code
 *     agentSessionNames}
 * @param allowedTcpPorts TCP ports that may be opened to the world; none unless configured
 * @param allowedInstanceTypes EC2 instance types that agents may launch
 * @param allowedDatabaseClasses RDS instance classes that agents may choose
 * @param rulesDir the folder of the user's own rules; null where there is none
 * @param reverts how changes are undone that can be undone in more than one way
 * @param leniency what is made less of
 * @param deployment what only the stacks need
 * @param routes how urgent what is, and who hears of it
 * @param channels where alerts go beyond e-mail
 */
public record Configuration(
        AgentSelector agents,
        List<Integer> allowedTcpPorts,
        List<String> allowedInstanceTypes,
        List<String> allowedDatabaseClasses,
        @Nullable Path rulesDir,
        Reverts reverts,
        Leniency leniency,
        Deployment deployment,
        Routes routes,
        Channels channels) {

    /** Everything as it is when nothing is configured. */
    public static final Configuration DEFAULT = of(dev.backstop.core.Json.object(), "defaults");

    private static final String GUARD_ROLE = "arn:aws:iam::123456789012:role/backstop-respond";

    public Configuration {
        allowedTcpPorts = List.copyOf(allowedTcpPorts);
        allowedInstanceTypes = List.copyOf(allowedInstanceTypes);
        allowedDatabaseClasses = List.copyOf(allowedDatabaseClasses);
    }

    /**
     * Reads the {@code context} object of a cdk.json.
     *
     * @param where the file, for error messages
     * @throws BadInputException when a key is unknown or a value has the wrong type
     */
    public static Configuration of(JsonNode context, String where) {
        ContextReader keys = new ContextReader(context, where);
        Configuration configuration = new Configuration(
                new AgentSelector(
                        keys.words("agentRoles", Form.ROLE_PREFIX, AgentSelector.DEFAULT.rolePrefixes()),
                        keys.words(
                                "agentSourceIdentities",
                                Form.SOURCE_IDENTITY,
                                AgentSelector.DEFAULT.sourceIdentityPrefixes()),
                        keys.words(
                                "agentSessionNames", Form.SESSION_NAME, AgentSelector.DEFAULT.sessionNamePrefixes())),
                keys.ports("allowedTcpPorts"),
                keys.someWords(
                        "allowedInstanceTypes", Form.INSTANCE_TYPE, List.of("t3.micro", "t3.small", "t3.medium")),
                keys.someWords(
                        "allowedDatabaseClasses",
                        Form.DATABASE_CLASS,
                        List.of(
                                "db.t3.micro",
                                "db.t3.small",
                                "db.t3.medium",
                                "db.t4g.micro",
                                "db.t4g.small",
                                "db.t4g.medium")),
                keys.folder("rulesDir"),
                new Reverts(
                        keys.oneOf("launchedInstances", Reverts.Launched.STOP),
                        keys.oneOf("instanceRestart", Reverts.Restart.TAGGED),
                        keys.oneOf("createdUsers", Reverts.Users.DISABLE),
                        new RevertLimits(
                                keys.count("revertsPerHour", RevertLimits.DEFAULT.perHour()),
                                keys.oneOf("stackChanges", Reverts.Stacks.ALERT) == Reverts.Stacks.REVERT)),
                LeniencyReader.read(keys),
                new Deployment(
                        keys.email("alertEmail"),
                        keys.oneOf("trail", Deployment.Trail.EXISTING),
                        keys.distinctWords("regions", Form.REGION),
                        keys.oneOf("config", Deployment.Drift.OFF),
                        keys.flag("alias", true),
                        keys.flag("requireBoundary", false),
                        keys.page("runbook", Runbook.PAGE)),
                RoutesReader.read(keys),
                Channels.of(keys));
        keys.refuseUnknown();
        AgentSelector agents = configuration.agents();
        if (agents.rolePrefixes().isEmpty()
                && agents.sourceIdentityPrefixes().isEmpty()
                && agents.sessionNamePrefixes().isEmpty()) {
            throw new BadInputException(where, "agentRoles", "with no selector at all nobody is an agent: name one");
        }
        if (agents.selectsRole(GUARD_ROLE)) {
            throw new BadInputException(
                    where, "context.agentRoles", "selects Backstop's own roles, backstop-*: be narrower");
        }
        return configuration;
    }

    /**
     * How changes are undone that can be undone in more than one way: it decides which remediation rules carry.
     *
     * @param launched what becomes of instances that agents launch beyond what is allowed
     * @param restart which instances may be restarted to undo a change that needs it
     * @param users what becomes of IAM users that agents create
     * @param limits when a change is left alone that could be undone
     */
    public record Reverts(Launched launched, Restart restart, Users users, RevertLimits limits) {
        /** What is done about changes that CloudFormation makes for an agent. */
        public enum Stacks {
            ALERT,
            REVERT
        }

        /** What is done to an instance. */
        public enum Launched {
            STOP,
            ISOLATE,
            TERMINATE
        }

        /** Their credentials are switched off, or their rights go as well. */
        public enum Users {
            DISABLE,
            STRIP
        }

        /** Those whose tag {@code backstop:restart} says {@code allowed}, or every one. */
        public enum Restart {
            TAGGED,
            ALWAYS
        }
    }

    /**
     * What only the stacks need.
     *
     * @param alertEmail who gets the alerts; empty for nobody
     * @param trail whether the account has a trail that logs management events, or the stack makes one
     * @param regions the further Regions that are watched, besides the one that is deployed to
     * @param drift whether AWS Config watches for drift
     * @param alias whether functions are invoked through the alias {@code live} (with SnapStart); off for emulators
     * @param requireBoundary whether the functions may edit only those agent roles that carry the agents' boundary
     * @param runbook the page that alarms link to, a section of which is named behind it
     */
    public record Deployment(
            String alertEmail,
            Trail trail,
            List<String> regions,
            Drift drift,
            boolean alias,
            boolean requireBoundary,
            String runbook) {
        public Deployment {
            regions = List.copyOf(regions);
        }

        /** Not at all, with the account's own recorder, or with one that the stack makes. */
        public enum Drift {
            OFF,
            EXISTING_RECORDER,
            CREATE
        }

        /** Where CloudTrail's records come from. */
        public enum Trail {
            EXISTING,
            CREATE
        }
    }

    /** The keys that a configuration may hold. */
    public static Set<String> keys() {
        return new TreeSet<>(ContextReader.KNOWN);
    }
}
