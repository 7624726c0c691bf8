package dev.backstop.cli.oncall;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Outcome;
import java.util.List;

/** Does what a person on call asks for; payloads and answers are those of the deployed functions. */
public interface OnCallDesk {
    /** As {@code backstop-revoke} answers. */
    List<Outcome> revoke(ObjectNode request);

    /** As {@code backstop-restore} answers. */
    List<Outcome> restore(ObjectNode request);

    /** As {@code backstop-sessions} answers. */
    ObjectNode sessions(ObjectNode request);
}
