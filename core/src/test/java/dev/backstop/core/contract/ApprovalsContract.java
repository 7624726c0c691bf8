package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstop.core.Json;
import dev.backstop.core.Resource;
import dev.backstop.core.baseline.Approval;
import dev.backstop.core.port.Approvals;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Approvals} does. */
public abstract class ApprovalsContract {
    private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");

    /** The same approvals on every call within a test. */
    protected abstract Approvals approvals();

    @Test
    protected void keepsTheLatestOfAResource() {
        Approval first = approval("sg-1", "first");
        Approval second = approval("sg-1", "second");
        approvals().keep(first);
        approvals().keep(second);

        assertEquals(Optional.of(second), approvals().of(second.resource()));
        assertEquals(List.of(second), approvals().all());
    }

    @Test
    protected void listsThemAllInOrder() {
        Approval two = approval("sg-2", "why");
        Approval one = approval("sg-1", "why");
        approvals().keep(two);
        approvals().keep(one);

        assertEquals(List.of(one, two), approvals().all());
    }

    @Test
    protected void forgetsWhatIsWithdrawn() {
        Approval approval = approval("sg-1", "why");
        approvals().withdraw(approval.resource());
        approvals().keep(approval);
        approvals().withdraw(approval.resource());

        assertEquals(Optional.empty(), approvals().of(approval.resource()));
        assertEquals(List.of(), approvals().all());
    }

    private static Approval approval(String id, String reason) {
        return new Approval(
                new Resource("AWS::EC2::SecurityGroup", id, "us-east-1", "111122223333"),
                Json.object().put("groupName", "web"),
                TEN,
                "arn:aws:iam::111122223333:user/maria",
                reason);
    }
}
