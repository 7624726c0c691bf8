package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Functions.Place;
import java.time.Duration;
import java.util.Optional;

/**
 * Removes one statement from the resource policy of a function.
 *
 * @param added the statement as the call added it; empty where the record does not hold it, and then its id must do
 */
record RemovePermission(Resource resource, Place place, String statementId, Optional<PolicyDocument> added)
        implements Step<Optional<PolicyDocument>> {
    @Override
    public String action() {
        return "lambda:RemovePermission";
    }

    @Override
    public String summary() {
        return "remove permission " + statementId + " from " + place.words();
    }

    @Override
    public String command() {
        String line = Command.line(
                "aws",
                "lambda",
                "remove-permission",
                "--region",
                resource.region(),
                "--function-name",
                place.function(),
                "--statement-id",
                statementId);
        return place.qualifier() == null ? line : line + " " + Command.line("--qualifier", place.qualifier());
    }

    @Override
    public Optional<PolicyDocument> read(Aws aws) {
        return aws.functions().statement(place, statementId).flatMap(PolicyDocument::read);
    }

    @Override
    public Comparison compare(Optional<PolicyDocument> live) {
        if (live.isEmpty()) {
            return new Comparison.NothingLeft("the permission is gone");
        }
        return added.isEmpty() || live.equals(added)
                ? new Comparison.AsExpected()
                : new Comparison.MustNot("somebody gave " + statementId + " another meaning since");
    }

    @Override
    public void apply(Aws aws, Optional<PolicyDocument> live) {
        aws.functions().removePermission(place, statementId);
    }

    @Override
    public String show(Optional<PolicyDocument> state) {
        return state.map(PolicyDocument::text).orElse("no permission " + statementId);
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(5);
    }
}
