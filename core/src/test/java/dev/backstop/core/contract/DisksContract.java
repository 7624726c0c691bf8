package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.port.Disks;
import dev.backstop.core.port.Disks.Snapshot;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Disks} does. */
public abstract class DisksContract {
    private static final String ANOTHER = "444455556666";

    protected abstract Disks disks();

    protected abstract String createImage();

    protected abstract String createVolume();

    protected abstract String createSnapshot(String volumeId);

    /** Shares an image or snapshot as its owner would. */
    protected abstract void share(String id, Set<String> grantees);

    @Test
    protected void withdrawsFromAnImageWhatItIsToldAndNothingElse() {
        String image = createImage();
        assertEquals(Set.of(), disks().grants(image));
        share(image, Set.of("all", ANOTHER, "777788889999"));
        assertEquals(Set.of("all", ANOTHER, "777788889999"), disks().grants(image));

        disks().withdraw(image, Set.of("all", ANOTHER));

        assertEquals(Set.of("777788889999"), disks().grants(image));
    }

    @Test
    protected void withdrawsFromASnapshotWhatItIsToldAndNothingElse() {
        String snapshot = createSnapshot(createVolume());
        assertEquals(Set.of(), disks().grants(snapshot));
        share(snapshot, Set.of("all", ANOTHER, "777788889999"));

        disks().withdraw(snapshot, Set.of("all", ANOTHER));

        assertEquals(Set.of("777788889999"), disks().grants(snapshot));
    }

    @Test
    protected void withdrawsAGrantThatIsNotThere() {
        String snapshot = createSnapshot(createVolume());

        disks().withdraw(snapshot, Set.of(ANOTHER));

        assertEquals(Set.of(), disks().grants(snapshot));
    }

    @Test
    protected void anImageThatIsGoneIsSharedWithNobody() {
        assertEquals(Set.of(), disks().grants("ami-0123456789abcdef0"));
    }

    @Test
    protected void aSnapshotThatIsGoneIsSharedWithNobody() {
        assertEquals(Set.of(), disks().grants("snap-0123456789abcdef0"));
    }

    @Test
    protected void saysWhichImagesAndVolumesAreThere() {
        String image = createImage();
        String volume = createVolume();
        createVolume();

        assertEquals(
                Set.of(image, volume),
                disks().present(Set.of(image, volume, "ami-0123456789abcdef0", "vol-0123456789abcdef0")));
        assertEquals(Set.of(), disks().present(Set.of()));
    }

    @Test
    protected void findsTheSnapshotsOfVolumes() {
        String volume = createVolume();
        String other = createVolume();
        String first = createSnapshot(volume);
        String second = createSnapshot(volume);
        createSnapshot(createVolume());

        List<Snapshot> found = disks().snapshots(Set.of(volume, other));

        assertEquals(
                Set.of(first, second), found.stream().map(Snapshot::id).collect(Collectors.toSet()), found::toString);
        assertTrue(found.stream().allMatch(snapshot -> snapshot.volumeId().equals(volume)));
        assertEquals(List.of(), disks().snapshots(Set.of()));
    }
}
