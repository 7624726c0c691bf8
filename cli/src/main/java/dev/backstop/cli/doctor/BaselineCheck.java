package dev.backstop.cli.doctor;

import dev.backstop.cli.account.Account;
import dev.backstop.cli.account.Stack;
import dev.backstop.core.Resource;
import dev.backstop.core.baseline.Capture;
import dev.backstop.core.baseline.Watched;
import dev.backstop.functions.line.BaselineWatch;
import dev.backstop.functions.sdk.DynamoBaselines;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/**
 * Whether surveys see what there is, by what the table knows of some security groups: a survey leaves no other trace there,
 * and writes again only what it has not written for long.
 */
record BaselineCheck(Account account, Instant now) {
    private static final String NAME = "baseline";
    private static final int LOOKED_AT = 5;
    private static final String SURVEY =
            "aws lambda invoke --function-name backstop-baseline:live --cli-binary-format raw-in-base64-out --payload"
                    + " '{\"survey\":true}' /dev/stdout";

    /** A survey comes twice a day, and may once be late. */
    private static final Duration OLDEST = BaselineWatch.FRESH.plus(Duration.ofDays(1));

    Check look() {
        List<SecurityGroup> groups = account.clients()
                .ec2()
                .describeSecurityGroups(request -> request.maxResults(LOOKED_AT))
                .securityGroups();
        DynamoBaselines baselines = new DynamoBaselines(Stack.readTable(account), InstantSource.fixed(now));
        int known = 0;
        for (SecurityGroup group : groups) {
            Resource resource = new Resource(Watched.GROUP, group.groupId(), account.region(), account.id());
            for (Capture newest :
                    baselines.of(resource, now).captures().stream().limit(1).toList()) {
                Duration age = Duration.between(newest.to(), now);
                if (age.compareTo(OLDEST) > 0) {
                    return Check.problem(
                            NAME,
                            "what it knows of " + group.groupId() + " is " + age.toDays()
                                    + " days old: no survey wrote it again",
                            SURVEY);
                }
                known++;
            }
        }
        // A group that was made just now may be known by the next survey only.
        return known == 0 && !groups.isEmpty()
                ? Check.problem(NAME, "it knows none of this Region's security groups: no survey has run", SURVEY)
                : Check.ok(NAME, "it knows how security groups were, and surveys keep that fresh");
    }
}
