package dev.backstop.core.port;

import dev.backstop.core.CloudTrailRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** What CloudTrail still says of calls by anybody: minutes behind, and for ninety days. */
public interface CallHistory {
    /**
     * After this every call is taken to be in it: the longest that <a
     * href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html">CloudTrail</a> was ever said to
     * take; as a rule it takes five minutes.
     */
    Duration BEHIND = Duration.ofMinutes(15);

    /**
     * The newest call about a resource that succeeded and is one of those asked for.
     *
     * @param name as the calls named it: an id, a name or an ARN
     * @param which is asked for calls alone that may have changed something
     */
    Optional<CloudTrailRecord> last(String name, Instant since, Predicate<CloudTrailRecord> which);
}
