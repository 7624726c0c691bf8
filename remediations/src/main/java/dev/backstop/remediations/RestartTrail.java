package dev.backstop.remediations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Command;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Remediation;
import dev.backstop.core.Resource;
import dev.backstop.core.port.Watchers.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Has a trail that a call stopped log again, in its home Region, the only one in which it can be stopped. What other calls
 * did to a trail a person puts right, with the command that prior state allows.
 */
final class RestartTrail implements Remediation {
    @Override
    public String id() {
        return "restart-trail";
    }

    @Override
    public Set<Resource> needs(Finding finding) {
        boolean stopped = finding.record().eventName().equals("StopLogging");
        return stopped ? Set.of() : Set.of(named(finding.record()));
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        CloudTrailRecord record = finding.record();
        Resource trail = named(record);
        PriorState known = prior.get(trail);
        JsonNode before = known == null ? null : known.configuration();
        return switch (record.eventName()) {
            case "StopLogging" -> new Plan.Steps(List.of(new StartAgain(asRequested(record), Kind.TRAIL)));
            case "DeleteTrail" ->
                new Plan.Refused("cannot be undone: trail " + trail.id() + " is gone, its log files are not; "
                        + byHand("create-trail", trail, before) + ", then start it");
            case "UpdateTrail" ->
                new Plan.Refused("Backstop changes no trail: " + byHand("update-trail", trail, before));
            case "PutEventSelectors" ->
                new Plan.Refused("prior state unknown: nothing records a trail's former selectors; to"
                        + " record every management event again, run: " + allManagementEvents(trail));
            default -> Texts.notUndone(record);
        };
    }

    @Override
    public Set<Permission> permissions() {
        String trail = "arn:${Partition}:cloudtrail:${Region}:${Account}:trail/*";
        return Set.of(
                new Permission("cloudtrail:GetTrailStatus", trail), new Permission("cloudtrail:StartLogging", trail));
    }

    private static String byHand(String call, Resource trail, @Nullable JsonNode before) {
        String bucket = before == null ? null : Json.text(before, "s3BucketName");
        if (before == null || bucket == null) {
            return "prior state unknown: AWS Config has no AWS::CloudTrail::Trail from before the call; look at the"
                    + " record, and put the trail right by hand";
        }
        List<String> line = new ArrayList<>(List.of(
                "aws", "cloudtrail", call, "--region", trail.region(), "--name", trail.id(), "--s3-bucket-name"));
        line.add(bucket);
        line.add(
                before.path("isMultiRegionTrail").asBoolean()
                        ? "--is-multi-region-trail"
                        : "--no-is-multi-region-trail");
        line.add(
                before.path("includeGlobalServiceEvents").asBoolean()
                        ? "--include-global-service-events"
                        : "--no-include-global-service-events");
        line.add(
                before.path("logFileValidationEnabled").asBoolean()
                        ? "--enable-log-file-validation"
                        : "--no-enable-log-file-validation");
        return "run: " + Command.line(line.toArray(String[]::new));
    }

    private static String allManagementEvents(Resource trail) {
        return Command.line(
                "aws",
                "cloudtrail",
                "put-event-selectors",
                "--region",
                trail.region(),
                "--trail-name",
                trail.id(),
                "--event-selectors",
                "[{\"ReadWriteType\":\"All\",\"IncludeManagementEvents\":true}]");
    }

    /** The trail by its name, as AWS Config knows it. */
    private static Resource named(CloudTrailRecord record) {
        String asRequested = asRequested(record).id();
        return trail(record, asRequested.substring(asRequested.lastIndexOf('/') + 1));
    }

    /** The trail as the call named it: by name or ARN. */
    private static Resource asRequested(CloudTrailRecord record) {
        String name = Texts.first(record.request(), "name", "trailName");
        return trail(record, name == null ? "unknown" : name);
    }

    private static Resource trail(CloudTrailRecord record, String id) {
        return new Resource("AWS::CloudTrail::Trail", id, record.region(), record.account());
    }
}
