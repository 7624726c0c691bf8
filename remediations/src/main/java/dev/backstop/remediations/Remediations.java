package dev.backstop.remediations;

import dev.backstop.core.Remediation;
import dev.backstop.core.Rule;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every remediation there is, by the name that rules use. A new one is one more line here. */
public final class Remediations {
    private static final List<Remediation> ALL = List.of(
            new RevokeAddedRules(),
            new RestoreRevokedRules(),
            new RestoreModifiedRules(),
            new RestoreRuleDescriptions(),
            new DeleteCreatedGroup(),
            new ReportDeletedGroup(),
            RestoreApproved.group(),
            RestoreApproved.instance(),
            new AnswerLaunch(AnswerLaunch.Way.STOP),
            new AnswerLaunch(AnswerLaunch.Way.ISOLATE),
            new AnswerLaunch(AnswerLaunch.Way.TERMINATE),
            new UndoInstanceStateChange(),
            new RestoreInstanceType(false),
            new RestoreInstanceType(true),
            new RestoreInstanceAttribute(),
            new RestoreNetworkInterface(),
            new RestoreMetadataOptions(),
            new RestoreInstanceProfile(true),
            new RestoreInstanceProfile(false),
            new UnshareDisk(),
            new RestoreDatabaseSettings(),
            new ClosePublicBucket(),
            new ClosePublicFunction(),
            new RestartTrail(),
            new RestartConfigRecorder(),
            new RestoreGuardRule(),
            new DescribeDeletedBucket(),
            new DescribeDeletedFunction(),
            new DescribeDeletedTable(),
            new DescribeDeletedDatabase(),
            new RestoreRolePermissions(),
            new RestoreUserPermissions(),
            new DeactivateCreatedKey(),
            new DeleteCreatedPassword(),
            new DisableCreatedUser(false),
            new DisableCreatedUser(true));

    private static final Map<String, Remediation> BY_ID =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Remediation::id, Function.identity()));

    private Remediations() {}

    public static Set<Remediation> all() {
        return Set.copyOf(ALL);
    }

    public static Set<String> ids() {
        return new TreeSet<>(BY_ID.keySet());
    }

    /** The remediation that a rule asks for; empty when it asks for none, or for one that this version does not have. */
    public static Optional<Remediation> of(Rule rule) {
        return Optional.ofNullable(rule.remediation()).flatMap(Remediations::named);
    }

    /** The remediation of that name; empty when a newer rule names one that this version does not have. */
    public static Optional<Remediation> named(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }
}
