package dev.backstop.cli.doctor;

import dev.backstop.cli.account.Account;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.cloudtrail.model.Trail;

/** Whether a trail records management events here: without one, nothing ever reaches EventBridge. */
record TrailCheck(Account account) {
    private static final String NAME = "trail";
    private static final String REMEDY =
            "deploy with -c trail=create, or have a multi-Region trail log all management events";

    Check look() {
        CloudTrailClient client = account.clients().ready(CloudTrailClient.builder());
        List<Trail> trails = client.describeTrails().trailList().stream()
                .filter(this::isHere)
                .toList();
        List<String> shortcomings = new ArrayList<>();
        for (Trail trail : trails) {
            String shortcoming = shortcoming(trail, client);
            if (shortcoming.isEmpty()) {
                String kind =
                        Boolean.TRUE.equals(trail.isMultiRegionTrail()) ? "in all Regions" : "in this Region only";
                return Check.ok(NAME, trail.name() + " logs all management events " + kind);
            }
            shortcomings.add(trail.name() + " " + shortcoming);
        }
        return Check.problem(
                NAME,
                trails.isEmpty() ? "there is none for " + account.region() : String.join("; ", shortcomings),
                REMEDY);
    }

    private boolean isHere(Trail trail) {
        return Boolean.TRUE.equals(trail.isMultiRegionTrail())
                || account.region().equals(trail.homeRegion());
    }

    private static String shortcoming(Trail trail, CloudTrailClient client) {
        boolean logging = Boolean.TRUE.equals(
                client.getTrailStatus(request -> request.name(trail.trailARN())).isLogging());
        if (!logging) {
            return "is not logging";
        }
        return switch (ManagementEvents.of(client.getEventSelectors(request -> request.trailName(trail.trailARN())))) {
            case ALL -> "";
            case WRITES -> "leaves out read-only events, AssumeRole among them: nobody would know whose a session is";
            case NONE -> "leaves out management events";
        };
    }
}
