package dev.backstop.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.functions.sdk.SdkClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;

/** {@code backstop baseline} on a local AWS. */
final class BaselineCommandTest {
    private final LocalAccount account = LocalAccount.open();
    private final SdkClients clients = account.clients();

    @AfterEach
    void leaveTheLocalAws() {
        account.close();
    }

    @Test
    void approvesShowsListsAndWithdraws() {
        account.createTable();
        String group = createGroup();
        assertTrue(Run.of("baseline", "list").out().contains("nothing is approved"));

        approve(group);
        assertTrue(Run.of("baseline", "show", group).out().contains("it is as approved"));

        open(group);
        String shown = Run.of("baseline", "show", group).out();
        assertTrue(shown.contains("it differs: tcp 443 from 0.0.0.0/0 is not approved"), shown);
        String listed = Run.of("baseline", "list").out();
        assertTrue(listed.contains(group + " approved at ") && listed.contains(": CHG-4711"), listed);

        assertEquals(0, Run.of("baseline", "withdraw", group).exit());
        Run gone = Run.of("baseline", "show", group);
        assertEquals(2, gone.exit());
        assertTrue(gone.err().contains("is not approved"), gone.err());
    }

    @Test
    void approvesWhatWasShownAndNothingElse() {
        account.createTable();
        String group = createGroup();
        Run shown = Run.of("baseline", "approve", group, "--reason", "CHG 4711");
        assertEquals(0, shown.exit(), shown.err());
        assertTrue(Run.of("baseline", "list").out().contains("nothing is approved"));
        open(group);

        Run changed = Run.of("baseline", "approve", group, "--reason", "CHG 4711", "--seen", mark(shown));
        assertEquals(2, changed.exit(), changed.out());
        assertTrue(changed.err().contains(group + " is not as it was shown any more"), changed.err());
        assertTrue(Run.of("baseline", "list").out().contains("nothing is approved"));
        approve(group);
    }

    private void approve(String group) {
        Run shown = Run.of("baseline", "approve", group, "--reason", "CHG-4711");
        Run approved = Run.of("baseline", "approve", group, "--reason", "CHG-4711", "--seen", mark(shown));
        assertEquals(0, approved.exit(), approved.err());
        assertTrue(approved.out().contains(group + " is approved so"), approved.out());
    }

    /** From the command that is shown with the state. */
    private static String mark(Run shown) {
        String out = shown.out().strip();
        return out.substring(out.lastIndexOf(' ') + 1);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        Run wrong = Run.of("baseline", "approve", "vpc-1", "--reason", "x");
        assertEquals(2, wrong.exit());
        assertTrue(wrong.err().contains("neither a security group (sg-0a1b…) nor an instance (i-0a1b…)"), wrong.err());

        account.createTable();
        Run missing = Run.of("baseline", "approve", "sg-0123456789abcdef0", "--reason", "x");
        assertEquals(2, missing.exit());
        assertTrue(missing.err().contains("is not in "), missing.err());
        Run unreasoned = Run.of("baseline", "approve", "sg-1");
        assertEquals(2, unreasoned.exit());
        assertTrue(unreasoned.err().contains("--reason"), unreasoned.err());
    }

    private void open(String group) {
        clients.ec2().authorizeSecurityGroupIngress(request -> request.groupId(group)
                .ipPermissions(IpPermission.builder()
                        .ipProtocol("tcp")
                        .fromPort(443)
                        .toPort(443)
                        .ipRanges(IpRange.builder().cidrIp("0.0.0.0/0").build())
                        .build()));
    }

    private String createGroup() {
        String vpc = clients.ec2().describeVpcs().vpcs().getFirst().vpcId();
        return clients.ec2()
                .createSecurityGroup(
                        request -> request.vpcId(vpc).groupName("web").description("of a test"))
                .groupId();
    }
}
