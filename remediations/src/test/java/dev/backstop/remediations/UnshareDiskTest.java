package dev.backstop.remediations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Plan;
import dev.backstop.core.Records;
import dev.backstop.core.Step;
import dev.backstop.core.memory.LocalAws;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnshareDiskTest {
    private final LocalAws aws = new LocalAws();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"snapshotId\":\"snap-1\",\"createVolumePermission\":{\"add\":{\"items\":[{\"group\":\"all\"},{\"userId\":\"444455556666\"}]}},"
                        + "\"attributeType\":\"CREATE_VOLUME_PERMISSION\"",
                "\"snapshotId\":\"snap-1\",\"createVolumePermission\":{\"add\":{\"items\":[{\"groups\":\"all\"},{\"userId\":\"444455556666\"}]}}",
                "\"snapshotId\":\"snap-1\",\"attributeType\":\"CREATE_VOLUME_PERMISSION\",\"operationType\":\"add\","
                        + "\"groups\":{\"items\":[{\"group\":\"all\"}]},\"userIds\":{\"items\":[{\"userId\":\"444455556666\"}]}"
            })
    void aSnapshotIsSharedNoLongerWithWhomTheCallAdded(String request) {
        aws.disks().share("snap-1", Set.of("all", "444455556666", "777788889999"));
        Step<?> step = Steps.only(plan("ModifySnapshotAttribute", request));
        Steps.undo(step, aws);
        assertEquals(Set.of("777788889999"), aws.disks().grants("snap-1"));
        assertEquals("shared with 777788889999", Steps.show(step, aws));
        assertEquals(
                "aws ec2 modify-snapshot-attribute --region us-east-1 --snapshot-id snap-1 --create-volume-permission"
                        + " 'Remove=[{UserId=444455556666},{Group=all}]'",
                step.command());
    }

    @Test
    void anImageToo() {
        String organization = "arn:aws:organizations::444455556666:organization/o-1";
        String unit = "arn:aws:organizations::444455556666:ou/o-1/ou-1";
        aws.disks().share("ami-1", Set.of(organization, unit, "444455556666"));
        Step<?> step = Steps.only(plan("ModifyImageAttribute", """
                "attributeType":"launchPermission","imageId":"ami-1","launchPermission":{"add":{"items":[
                {"organizationArn":"%s"},{"organizationalUnitArn":"%s"},{"userId":"444455556666"}]}}""".formatted(organization, unit)));
        Steps.undo(step, aws);
        assertEquals("shared with nobody", Steps.show(step, aws));
        assertTrue(
                step.command().contains("{OrganizationArn=" + organization + "},{OrganizationalUnitArn=" + unit + "}"));
    }

    @Test
    void aGrantThatSomebodyTookBackIsSuccess() {
        aws.disks().share("snap-1", Set.of("777788889999"));
        Steps.assertDone(Steps.only(plan("ModifySnapshotAttribute", shared("444455556666"))), aws);
        assertEquals(Set.of("777788889999"), aws.disks().grants("snap-1"));
    }

    @Test
    void theAccountItselfIsNoOutsider() {
        assertTrue(Steps.refusal(plan("ModifySnapshotAttribute", shared(Records.ACCOUNT)))
                .startsWith("the record does not"));
    }

    @Test
    void aDatabasesSnapshotIsForAPerson() {
        CloudTrailRecord record = Records.call(
                "rds",
                "ModifyDBSnapshotAttribute",
                "{\"dBSnapshotIdentifier\":\"s\",\"attributeName\":\"restore\",\"valuesToAdd\":[\"all\"]}",
                "{}");
        String why = Steps.refusal(Steps.plan(new UnshareDisk(), record, null));
        assertTrue(why.contains("modify-db-snapshot-attribute"), why);
    }

    @Test
    void takingSharingBackIsNothingToUndo() {
        String request = shared("444455556666").replace("add", "remove");
        Steps.refusal(plan("ModifySnapshotAttribute", request));
    }

    private static String shared(String account) {
        return "\"snapshotId\":\"snap-1\",\"createVolumePermission\":{\"add\":{\"items\":[{\"userId\":\"" + account
                + "\"}]}}";
    }

    private static Plan plan(String call, String request) {
        CloudTrailRecord record = Records.call("ec2", call, "{" + request + "}", "{\"_return\":true}");
        return Steps.plan(new UnshareDisk(), record, null);
    }
}
