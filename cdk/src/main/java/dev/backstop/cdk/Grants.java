package dev.backstop.cdk;

import dev.backstop.core.Remediation;
import dev.backstop.core.Remediation.Permission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.PolicyStatement;

/** The statements that roles are made of, in a fixed order, so that a template changes only when a grant does. */
final class Grants {
    private Grants() {}

    static PolicyStatement allow(Collection<String> actions, Collection<String> resources) {
        return PolicyStatement.Builder.create()
                .actions(List.copyOf(new TreeSet<>(actions)))
                .resources(List.copyOf(new TreeSet<>(resources)))
                .build();
    }

    /** What the remediations declare, one statement for each set of resources. */
    static List<PolicyStatement> declared(Collection<Remediation> remediations) {
        Map<Set<String>, Set<String>> actions = new TreeMap<>(Comparator.comparing(Set::toString));
        for (Remediation remediation : remediations) {
            for (Permission permission : remediation.permissions()) {
                Set<String> resources = new TreeSet<>(permission.resources());
                actions.computeIfAbsent(resources, _ -> new TreeSet<>()).add(permission.action());
            }
        }
        return actions.entrySet().stream()
                .map(entry -> allow(
                        entry.getValue(),
                        entry.getKey().stream().map(Grants::located).toList()))
                .toList();
    }

    /** An ARN in the stack's own Region and account. */
    static String arn(String service, String rest) {
        return located("arn:${Partition}:" + service + ":${Region}:${Account}:" + rest);
    }

    /** An ARN template of core's, in the stack's own partition, Region and account. */
    static String located(String template) {
        return template.replace("${Partition}", Aws.PARTITION)
                .replace("${Region}", Aws.REGION)
                .replace("${Account}", Aws.ACCOUNT_ID);
    }

    @SafeVarargs
    static List<PolicyStatement> all(List<PolicyStatement>... parts) {
        List<PolicyStatement> all = new ArrayList<>();
        for (List<PolicyStatement> part : parts) {
            all.addAll(part);
        }
        return List.copyOf(all);
    }
}
