package dev.backstop.remediations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.Json;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Disks.Snapshot;
import dev.backstop.core.port.Instances.Instance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of a terminated instance, of what it can be made from again, and the command that launches one like it.
 *
 * @param former its configuration before the call, in AWS Config's shape; a missing node where it is not known
 */
record LostInstance(Resource resource, JsonNode former) implements Step<LostInstance.Remains> {
    /**
     * What is left.
     *
     * @param present the image and the volumes that still are there
     * @param snapshots of its volumes
     */
    record Remains(Optional<Instance> instance, Set<String> present, List<Snapshot> snapshots) {
        Remains {
            present = Set.copyOf(present);
            snapshots = List.copyOf(snapshots);
        }
    }

    @Override
    public String action() {
        return "ec2:DescribeInstances";
    }

    @Override
    public String summary() {
        return "launch an instance like " + resource.id() + " again";
    }

    /** What a launch cannot know stays out: user data, and what was on the volumes. */
    @Override
    public String command() {
        String image = Json.text(former, "imageId");
        List<String> words = new ArrayList<>(List.of("aws", "ec2"));
        if (image == null) {
            words.addAll(List.of("describe-instances", "--region", resource.region(), "--instance-ids", resource.id()));
            return Command.line(words.toArray(String[]::new));
        }
        words.addAll(List.of("run-instances", "--region", resource.region(), "--image-id", image));
        option(words, "--instance-type", Json.text(former, "instanceType"));
        option(words, "--subnet-id", Json.text(former, "subnetId"));
        option(words, "--key-name", Json.text(former, "keyName"));
        List<String> groups = Json.values(former, "securityGroups.groupId");
        if (!groups.isEmpty()) {
            words.add("--security-group-ids");
            words.addAll(groups);
        }
        String profile = Json.text(former.path("iamInstanceProfile"), "arn");
        option(words, "--iam-instance-profile", profile == null ? null : "Arn=" + profile);
        option(words, "--private-ip-address", Json.text(former, "privateIpAddress"));
        return Command.line(words.toArray(String[]::new));
    }

    @Override
    public Remains read(Aws aws) {
        Set<String> volumes = Set.copyOf(volumes());
        Set<String> made = new HashSet<>(volumes);
        String image = Json.text(former, "imageId");
        if (image != null) {
            made.add(image);
        }
        return new Remains(
                aws.instances().describe(Set.of(resource.id())).stream().findFirst(),
                aws.disks().present(made),
                aws.disks().snapshots(volumes));
    }

    @Override
    public Comparison compare(Remains live) {
        boolean alive = live.instance()
                .filter(instance -> !Set.of("shutting-down", "terminated").contains(instance.state()))
                .isPresent();
        return alive
                ? new Comparison.NothingLeft("the instance is there")
                : new Comparison.MustNot("cannot be undone: a terminated instance is gone"
                        + (former.isMissingNode() ? "; prior state unknown" : ""));
    }

    @Override
    public void apply(Aws aws, Remains live) {
        throw new IllegalStateException("a terminated instance is gone: " + resource.id());
    }

    @Override
    public String show(Remains live) {
        List<String> parts = new ArrayList<>();
        String type = live.instance().map(Instance::type).orElseGet(() -> former.path("instanceType")
                .asText("type unknown"));
        String name = live.instance()
                .map(instance -> instance.tags().get("Name"))
                .map(tag -> tag + ", ")
                .orElse("");
        parts.add(name + type + ", " + live.instance().map(Instance::state).orElse("gone"));
        String image = Json.text(former, "imageId");
        if (image != null) {
            parts.add("image " + image + (live.present().contains(image) ? " is there" : " is gone"));
        }
        for (String volume : volumes()) {
            parts.add("volume " + volume
                    + (live.present().contains(volume) ? " is there" : " is gone" + newest(volume, live)));
        }
        return String.join("; ", parts);
    }

    private static String newest(String volume, Remains live) {
        return live.snapshots().stream()
                .filter(snapshot -> snapshot.volumeId().equals(volume))
                .max(Comparator.comparing(Snapshot::startedAt))
                .map(snapshot -> ", newest snapshot " + snapshot.id() + " of " + snapshot.startedAt())
                .orElse(", without a snapshot");
    }

    private List<String> volumes() {
        return Json.values(former, "blockDeviceMappings.ebs.volumeId");
    }

    private static void option(List<String> words, String name, @Nullable String value) {
        if (value != null) {
            words.add(name);
            words.add(value);
        }
    }
}
