package dev.backstop.cdk;

import dev.backstop.core.Remediation;
import dev.backstop.core.Remediation.Permission;
import dev.backstop.remediations.Remediations;
import dev.backstop.rules.RuleBook;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.PolicyStatement;

/** The statements that roles are made of, in a fixed order, so that a template changes only when a grant does. */
final class Grants {
    private Grants() {}

    /** The remediations that the rules in force name: what no rule asks for, nobody may do. */
    static List<Remediation> inForce(RuleBook book) {
        return book.definitions().stream()
                .map(definition -> definition.rule().remediation())
                .flatMap(Stream::ofNullable)
                .distinct()
                .map(Remediations::named)
                .flatMap(Optional::stream)
                .toList();
    }

    /** What those of them need that change IAM, or those that do not. */
    static List<Permission> declaredBy(RuleBook book, boolean ofIam) {
        return inForce(book).stream()
                .filter(remediation -> remediation.changesIam() == ofIam)
                .flatMap(remediation -> remediation.permissions().stream())
                .toList();
    }

    static PolicyStatement allow(Collection<String> actions, Collection<String> resources) {
        return PolicyStatement.Builder.create()
                .actions(List.copyOf(new TreeSet<>(actions)))
                .resources(List.copyOf(new TreeSet<>(resources)))
                .build();
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
