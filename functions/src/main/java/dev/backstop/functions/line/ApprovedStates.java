package dev.backstop.functions.line;

import dev.backstop.core.PriorState;
import dev.backstop.core.Resource;
import dev.backstop.core.port.Approvals;
import dev.backstop.core.port.History;
import java.time.Instant;
import java.util.Optional;

/** For drift, what a resource goes back to is what people approved, however long ago. */
record ApprovedStates(Approvals approvals) implements History {
    @Override
    public Optional<PriorState> before(Resource resource, Instant instant) {
        return approvals
                .of(resource)
                .map(approval -> new PriorState(approval.configuration(), approval.at(), "approval"));
    }
}
