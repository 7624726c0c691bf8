package dev.backstop.remediations;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Json;
import dev.backstop.core.Resource;
import java.util.List;

/** What records of security group calls have in common. */
final class SecurityGroupRecords {
    private SecurityGroupRecords() {}

    static Resource group(CloudTrailRecord record, String groupId) {
        return new Resource("AWS::EC2::SecurityGroup", groupId, record.region(), record.account());
    }

    /** The rules in a set of the response: one, several or none. */
    static List<GroupRule> rules(CloudTrailRecord record, String set) {
        return Json.items(record.response().path(set).path("items")).stream()
                .map(GroupRule::of)
                .toList();
    }
}
