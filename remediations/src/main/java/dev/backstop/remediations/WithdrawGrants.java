package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Takes grants of an image or a snapshot back.
 *
 * @param added whom the call shared it with
 */
record WithdrawGrants(Resource resource, Set<String> added) implements Step<Set<String>> {
    WithdrawGrants {
        added = Collections.unmodifiableSet(new TreeSet<>(added));
    }

    @Override
    public String action() {
        return isImage() ? "ec2:ModifyImageAttribute" : "ec2:ModifySnapshotAttribute";
    }

    @Override
    public String summary() {
        return "share " + resource.id() + " no longer with " + words(added) + ", even if it was before this call";
    }

    @Override
    public String command() {
        List<String> words = new ArrayList<>(List.of(
                "aws",
                "ec2",
                isImage() ? "modify-image-attribute" : "modify-snapshot-attribute",
                "--region",
                resource.region(),
                isImage() ? "--image-id" : "--snapshot-id",
                resource.id(),
                isImage() ? "--launch-permission" : "--create-volume-permission"));
        words.add("Remove=["
                + added.stream()
                        .map(grantee -> "{" + kind(grantee) + "=" + grantee + "}")
                        .collect(Collectors.joining(","))
                + "]");
        return Command.line(words.toArray(String[]::new));
    }

    @Override
    public Set<String> read(Aws aws) {
        return aws.disks().grants(resource.id());
    }

    @Override
    public Comparison compare(Set<String> live) {
        return held(live).isEmpty()
                ? new Comparison.NothingLeft("it is not shared with " + words(added))
                : new Comparison.AsExpected();
    }

    @Override
    public void apply(Aws aws, Set<String> live) {
        aws.disks().withdraw(resource.id(), held(live));
    }

    @Override
    public String show(Set<String> live) {
        return live.isEmpty() ? "shared with nobody" : "shared with " + words(live);
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(5);
    }

    private Set<String> held(Set<String> live) {
        return added.stream().filter(live::contains).collect(Collectors.toSet());
    }

    private boolean isImage() {
        return resource.type().equals("AWS::EC2::Image");
    }

    private static String kind(String grantee) {
        if (grantee.equals("all")) {
            return "Group";
        }
        return grantee.contains(":ou/")
                ? "OrganizationalUnitArn"
                : grantee.startsWith("arn:") ? "OrganizationArn" : "UserId";
    }

    private static String words(Set<String> grantees) {
        return new TreeSet<>(grantees)
                .stream()
                        .map(grantee -> grantee.equals("all") ? "everybody" : grantee)
                        .collect(Collectors.joining(", "));
    }
}
