package dev.backstop.functions.sdk;

import dev.backstop.core.port.Disks;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateVolumePermission;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.ImageAttributeName;
import software.amazon.awssdk.services.ec2.model.LaunchPermission;
import software.amazon.awssdk.services.ec2.model.OperationType;
import software.amazon.awssdk.services.ec2.model.SnapshotAttributeName;
import software.amazon.awssdk.services.ec2.model.Volume;

/** Images, volumes and snapshots in EC2. */
public record SdkDisks(Ec2Client ec2) implements Disks {
    private static final String EVERYBODY = "all";
    private static final Set<String> GONE =
            Set.of("InvalidAMIID.NotFound", "InvalidAMIID.Unavailable", "InvalidSnapshot.NotFound");

    @Override
    public Set<String> grants(String id) {
        return unlessGone(() -> isImage(id) ? launchers(id) : copiers(id));
    }

    @Override
    public void withdraw(String id, Set<String> grantees) {
        if (isImage(id)) {
            List<LaunchPermission> removed =
                    grantees.stream().map(SdkDisks::permission).toList();
            ec2.modifyImageAttribute(request -> request.imageId(id).launchPermission(change -> change.remove(removed)));
            return;
        }
        Set<String> accounts = where(grantees, grantee -> !grantee.equals(EVERYBODY));
        ec2.modifySnapshotAttribute(request -> request.snapshotId(id)
                .attribute(SnapshotAttributeName.CREATE_VOLUME_PERMISSION)
                .operationType(OperationType.REMOVE)
                .userIds(accounts)
                .groupNames(where(grantees, EVERYBODY::equals)));
    }

    @Override
    public Set<String> present(Set<String> ids) {
        Set<String> present = new HashSet<>();
        Set<String> images = where(ids, SdkDisks::isImage);
        Set<String> volumes = where(ids, id -> id.startsWith("vol-"));
        if (!images.isEmpty()) {
            ec2.describeImagesPaginator(request -> request.filters(filter("image-id", images))).images().stream()
                    .map(Image::imageId)
                    .forEach(present::add);
        }
        if (!volumes.isEmpty()) {
            ec2.describeVolumesPaginator(request -> request.filters(filter("volume-id", volumes))).volumes().stream()
                    .map(Volume::volumeId)
                    .forEach(present::add);
        }
        return present;
    }

    @Override
    public List<Snapshot> snapshots(Set<String> volumeIds) {
        if (volumeIds.isEmpty()) {
            return List.of();
        }
        return ec2
                .describeSnapshotsPaginator(request -> request.ownerIds("self").filters(filter("volume-id", volumeIds)))
                .snapshots()
                .stream()
                .map(found -> new Snapshot(found.snapshotId(), found.volumeId(), found.startTime()))
                .toList();
    }

    private Set<String> launchers(String id) {
        return ec2
                .describeImageAttribute(request -> request.imageId(id).attribute(ImageAttributeName.LAUNCH_PERMISSION))
                .launchPermissions()
                .stream()
                .flatMap(held -> Stream.of(
                        held.userId(), held.groupAsString(), held.organizationArn(), held.organizationalUnitArn()))
                .filter(grantee -> grantee != null)
                .collect(Collectors.toSet());
    }

    private Set<String> copiers(String id) {
        return ec2
                .describeSnapshotAttribute(
                        request -> request.snapshotId(id).attribute(SnapshotAttributeName.CREATE_VOLUME_PERMISSION))
                .createVolumePermissions()
                .stream()
                .map(SdkDisks::grantee)
                .collect(Collectors.toSet());
    }

    private static String grantee(CreateVolumePermission held) {
        return held.userId() == null ? held.groupAsString() : held.userId();
    }

    private static LaunchPermission permission(String grantee) {
        LaunchPermission.Builder permission = LaunchPermission.builder();
        if (grantee.equals(EVERYBODY)) {
            permission.group(EVERYBODY);
        } else if (grantee.contains(":ou/")) {
            permission.organizationalUnitArn(grantee);
        } else if (grantee.startsWith("arn:")) {
            permission.organizationArn(grantee);
        } else {
            permission.userId(grantee);
        }
        return permission.build();
    }

    private static Set<String> unlessGone(Supplier<Set<String>> question) {
        try {
            return question.get();
        } catch (Ec2Exception e) {
            if (ErrorCode.isOneOf(e, GONE)) {
                return Set.of();
            }
            throw e;
        }
    }

    private static boolean isImage(String id) {
        return id.startsWith("ami-");
    }

    private static Set<String> where(Collection<String> all, Predicate<String> wanted) {
        return all.stream().filter(wanted).collect(Collectors.toSet());
    }

    private static Filter filter(String name, Set<String> values) {
        return Filter.builder().name(name).values(values).build();
    }
}
