package dev.backstop.cli.oncall;

import dev.backstop.core.CloudTrailRecord;
import java.time.Instant;
import java.util.List;

/**
 * CloudTrail's <a href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html">event
 * history</a>: the management events of 90 days, which every account has, with or without a trail.
 */
@FunctionalInterface
public interface EventHistory {
    /** By what events can be looked up; one at a time. */
    enum By {
        /** The key that a call was signed with. */
        ACCESS_KEY_ID,
        /** The caller's user name; of a role session, the session's name. */
        USERNAME,
        /**
         * A thing that the call was about. Of an STS call that is the role's ARN, the issued key, and the session in every
         * form: its ARN, its {@code AROA…:name}, its bare name.
         */
        RESOURCE_NAME
    }

    /** The records since an instant, latest first; some may be left out where reading all would take minutes. */
    List<CloudTrailRecord> find(By attribute, String value, Instant since);
}
