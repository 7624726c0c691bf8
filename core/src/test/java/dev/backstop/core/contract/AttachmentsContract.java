package dev.backstop.core.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstop.core.port.Attachments;
import dev.backstop.core.port.Attachments.Holder;
import dev.backstop.core.port.Attachments.Kind;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every implementation of {@link Attachments} does. */
public abstract class AttachmentsContract {
    protected abstract Attachments attachments();

    /** Creates a role or user that nothing is attached to. */
    protected abstract void create(Holder holder);

    /** Creates a managed policy, and returns its ARN. */
    protected abstract String createPolicy(String name);

    @ParameterizedTest
    @EnumSource
    protected void attachesAndDetaches(Kind kind) {
        Holder holder = new Holder(kind, "agent-contract");
        create(holder);
        String one = createPolicy("one");
        String other = createPolicy("other");
        assertEquals(Set.of(), attachments().of(holder));

        attachments().attach(holder, one);
        attachments().attach(holder, other);
        attachments().attach(holder, one);
        assertEquals(Set.of(one, other), attachments().of(holder));

        attachments().detach(holder, one);
        attachments().detach(holder, one);
        assertEquals(Set.of(other), attachments().of(holder));
    }

    @ParameterizedTest
    @EnumSource
    protected void knowsNothingOfWhoIsNotThere(Kind kind) {
        Holder nobody = new Holder(kind, "agent-nobody");
        String policy = createPolicy("one");

        assertEquals(Set.of(), attachments().of(nobody));
        attachments().detach(nobody, policy);
        assertThrows(RuntimeException.class, () -> attachments().attach(nobody, policy));
    }
}
