package dev.backstop.remediations;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Remediation;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Functions.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Undoes a call that let everybody call a function: by a statement in its resource policy, or by a URL; see <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html">access to function URLs</a>.
 */
final class ClosePublicFunction implements Remediation {
    @Override
    public String id() {
        return "close-public-function";
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        CloudTrailRecord record = finding.record();
        String function = Json.text(record.request(), "functionName");
        if (function == null) {
            return new Plan.Refused("the record does not say which function it is about");
        }
        Place place = new Place(function, Json.text(record.request(), "qualifier"));
        Resource resource = new Resource("AWS::Lambda::Function", function, record.region(), record.account());
        return switch (Texts.unversioned(record.eventName())) {
            case "AddPermission" -> permission(record, resource, place);
            case "CreateFunctionUrlConfig" -> only(new CloseFunctionUrl(resource, place, true));
            case "UpdateFunctionUrlConfig" -> only(new CloseFunctionUrl(resource, place, false));
            default -> Texts.notUndone(record);
        };
    }

    @Override
    public Set<Permission> permissions() {
        String function = "arn:${Partition}:lambda:${Region}:${Account}:function:*";
        return Set.of(
                new Permission("lambda:GetPolicy", function),
                new Permission("lambda:RemovePermission", function),
                new Permission("lambda:GetFunctionUrlConfig", function),
                new Permission(
                        "lambda:UpdateFunctionUrlConfig",
                        Set.of(function),
                        Map.of("lambda:FunctionUrlAuthType", "AWS_IAM")),
                new Permission("lambda:DeleteFunctionUrlConfig", function));
    }

    /** The id is unique in a policy: adding a statement under one that is there fails. */
    private static Plan permission(CloudTrailRecord record, Resource resource, Place place) {
        String id = Json.text(record.request(), "statementId");
        Optional<PolicyDocument> added =
                Optional.ofNullable(Json.text(record.response(), "statement")).flatMap(PolicyDocument::read);
        return id == null
                ? new Plan.Refused("the record does not say which statement was added to the policy of " + place.words()
                        + ": compare the policy with the record, and remove it by hand")
                : only(new RemovePermission(resource, place, id, added));
    }

    private static Plan only(Step<?> step) {
        return new Plan.Steps(List.of(step));
    }
}
