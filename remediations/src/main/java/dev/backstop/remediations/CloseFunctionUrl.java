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
 * Closes a function's URL to those who do not sign their calls: one that the call created is removed, an older one asks
 * for signed calls again. There are only these two kinds of URL, and nothing records which one it was; that the call changed
 * it is what the rule found.
 *
 * @param created whether the call created the URL
 */
record CloseFunctionUrl(Resource resource, Place place, boolean created) implements Step<Optional<String>> {
    @Override
    public String action() {
        return created ? "lambda:DeleteFunctionUrlConfig" : "lambda:UpdateFunctionUrlConfig";
    }

    @Override
    public String summary() {
        return created
                ? "remove the URL of " + place.words()
                : "have the URL of " + place.words() + " ask for signed calls again";
    }

    @Override
    public String command() {
        String line = Command.line(
                "aws",
                "lambda",
                created ? "delete-function-url-config" : "update-function-url-config",
                "--region",
                resource.region(),
                "--function-name",
                place.function());
        String qualified =
                place.qualifier() == null ? line : line + " " + Command.line("--qualifier", place.qualifier());
        return created ? qualified : qualified + " --auth-type AWS_IAM";
    }

    @Override
    public Optional<String> read(Aws aws) {
        return aws.functions().urlAuth(place);
    }

    @Override
    public Comparison compare(Optional<String> live) {
        return live.filter("NONE"::equals).isPresent()
                ? new Comparison.AsExpected()
                : new Comparison.NothingLeft(show(live));
    }

    @Override
    public void apply(Aws aws, Optional<String> live) {
        if (created) {
            aws.functions().deleteUrl(place);
        } else {
            aws.functions().setUrlAuth(place, "AWS_IAM");
        }
    }

    @Override
    public String show(Optional<String> state) {
        return state.map(auth -> auth.equals("NONE") ? "a URL that everybody may call" : "a URL for signed calls")
                .orElse("no URL");
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(5);
    }
}
