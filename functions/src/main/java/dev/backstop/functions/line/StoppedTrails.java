package dev.backstop.functions.line;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Command;
import dev.backstop.core.Detection;
import dev.backstop.core.Json;
import dev.backstop.core.Resource;
import dev.backstop.core.Rule;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.CallHistory;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An account in which no trail logs any more: the one that was stopped last is to log again, whoever stopped it. */
record StoppedTrails(Function<String, Aws> regions, CallHistory calls, InstantSource clock) {
    private static final String TYPE = "AWS::CloudTrail::Trail";

    /** @param account as AWS Config names it; none where one of its trails logs */
    Optional<Detection> of(Rule rule, Resource account, String id) {
        Map<String, Boolean> trails = regions.apply(account.region()).watchers().trails();
        if (trails.containsValue(true)) {
            return Optional.empty();
        }
        Optional<Stopped> last = trails.keySet().stream()
                .flatMap(this::stops)
                .max(Comparator.comparing(stopped -> stopped.call().eventTime()));
        Optional<String> trail = last.map(Stopped::trail)
                .or(() ->
                        trails.keySet().stream().filter(_ -> trails.size() == 1).findFirst())
                .filter(arn -> region(arn).equals(account.region()));
        var caller =
                last.map(stopped -> stopped.call().json().path("userIdentity")).orElseGet(Json::object);
        if (trail.isEmpty()) {
            return Optional.of(new Detection(
                    rule.because(toDo(trails)),
                    DriftRecords.of(
                            id,
                            clock.instant(),
                            account,
                            caller,
                            DriftRecords.call(
                                    "config.amazonaws.com",
                                    "Drift",
                                    Json.object().put("resourceId", account.id())))));
        }
        Resource stopped = new Resource(TYPE, trail.get(), account.region(), account.account());
        return Optional.of(new Detection(
                DriftRules.undone(rule, "restart-trail", TYPE, "requestParameters.name"),
                DriftRecords.of(
                        id,
                        clock.instant(),
                        stopped,
                        caller,
                        DriftRecords.call(
                                "cloudtrail.amazonaws.com",
                                "StopLogging",
                                Json.object().put("name", trail.get())))));
    }

    private record Stopped(String trail, CloudTrailRecord call) {}

    /** Calls name a trail by its ARN or by its name. */
    private Stream<Stopped> stops(String arn) {
        return Stream.of(arn, arn.substring(arn.lastIndexOf('/') + 1))
                .distinct()
                .flatMap(name -> calls
                        .last(name, clock.instant().minus(Violations.FOUND_WITHIN), call -> call.eventName()
                                .equals("StopLogging"))
                        .stream())
                .map(call -> new Stopped(arn, call));
    }

    private static String toDo(Map<String, Boolean> trails) {
        return trails.isEmpty()
                ? "There is no trail any more, and without one nothing is seen: make one, for example by deploying with"
                        + " -c trail=create."
                : "Which of the stopped trails is to log is not known; start one of: "
                        + trails.keySet().stream()
                                .sorted()
                                .map(arn -> Command.line(
                                        "aws", "cloudtrail", "start-logging", "--region", region(arn), "--name", arn))
                                .collect(Collectors.joining("; "));
    }

    private static String region(String arn) {
        String[] parts = arn.split(":", -1);
        return parts.length > 3 ? parts[3] : "";
    }
}
