package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Watchers.Kind;
import java.time.Duration;
import java.util.Optional;

/** Has a trail, AWS Config or a rule of the guard watch again. */
record StartAgain(Resource resource, Kind kind) implements Step<Optional<Boolean>> {
    @Override
    public String action() {
        return switch (kind) {
            case TRAIL -> "cloudtrail:StartLogging";
            case CONFIGURATION_RECORDER -> "config:StartConfigurationRecorder";
            case EVENT_RULE -> "events:PutRule";
        };
    }

    @Override
    public String summary() {
        return switch (kind) {
            case TRAIL -> "have trail " + resource.id() + " log again";
            case CONFIGURATION_RECORDER -> "have AWS Config's recorder " + resource.id() + " record again";
            case EVENT_RULE -> "enable rule " + resource.id() + " again";
        };
    }

    @Override
    public String command() {
        return switch (kind) {
            case TRAIL -> line("cloudtrail", "start-logging", "--name");
            case CONFIGURATION_RECORDER ->
                line("configservice", "start-configuration-recorder", "--configuration-recorder-name");
            case EVENT_RULE -> line("events", "enable-rule", "--name");
        };
    }

    @Override
    public Optional<Boolean> read(Aws aws) {
        return aws.watchers().watching(kind, resource.id());
    }

    @Override
    public Comparison compare(Optional<Boolean> live) {
        if (live.isEmpty()) {
            return new Comparison.MustNot("it was deleted since: create it again");
        }
        return live.get() ? new Comparison.NothingLeft(show(live)) : new Comparison.AsExpected();
    }

    @Override
    public void apply(Aws aws, Optional<Boolean> live) {
        aws.watchers().start(kind, resource.id());
    }

    @Override
    public String show(Optional<Boolean> state) {
        return state.map(on -> on ? "watching" : "stopped").orElse("gone");
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(5);
    }

    private String line(String service, String call, String option) {
        return Command.line("aws", service, call, "--region", resource.region(), option, resource.id());
    }
}
