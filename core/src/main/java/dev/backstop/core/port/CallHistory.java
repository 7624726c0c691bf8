package dev.backstop.core.port;

import dev.backstop.core.CloudTrailRecord;
import java.time.Instant;
import java.util.List;

/** What CloudTrail still says of calls by anybody: minutes behind, and for ninety days. */
public interface CallHistory {
    /**
     * The calls about a resource that succeeded and may have changed something, newest first.
     *
     * @param name as the calls named it: an id, a name or an ARN
     */
    List<CloudTrailRecord> about(String name, Instant since);
}
