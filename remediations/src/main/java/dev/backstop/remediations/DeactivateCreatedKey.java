package dev.backstop.remediations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Remediation;
import dev.backstop.core.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the access key that a call created inactive, whosever it is; other keys of the user are not touched. */
final class DeactivateCreatedKey implements Remediation {
    @Override
    public String id() {
        return "deactivate-created-access-key";
    }

    @Override
    public boolean changesIam() {
        return true;
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        CloudTrailRecord record = finding.record();
        JsonNode created = record.response().path("accessKey");
        String key = Json.text(created, "accessKeyId");
        String user = Json.text(created, "userName");
        if (!record.eventName().equals("CreateAccessKey") || key == null || user == null) {
            return Texts.notUndone(record);
        }
        Resource owner = new Resource("AWS::IAM::User", user, record.region(), record.account());
        return new Plan.Steps(List.of(new SwitchAccessKey(owner, key, false)));
    }

    @Override
    public Set<Permission> permissions() {
        String user = "arn:${Partition}:iam::${Account}:user/*";
        return Set.of(new Permission("iam:ListAccessKeys", user), new Permission("iam:UpdateAccessKey", user));
    }
}
