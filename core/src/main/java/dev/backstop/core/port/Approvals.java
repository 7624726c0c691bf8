package dev.backstop.core.port;

import dev.backstop.core.Resource;
import dev.backstop.core.baseline.Approval;
import java.util.List;
import java.util.Optional;

/** The states of resources that people have approved; kept until they are withdrawn. */
public interface Approvals {
    /** Keeps one instead of the resource's former one. */
    void keep(Approval approval);

    Optional<Approval> of(Resource resource);

    /** All of them, by the key of their resource. */
    List<Approval> all();

    /** Forgets the approval of a resource, if there is one. */
    void withdraw(Resource resource);
}
