package dev.backstop.remediations;

import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.PriorState;
import dev.backstop.core.Remediation;
import dev.backstop.core.Resource;
import dev.backstop.core.port.Watchers.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Has AWS Config's recorder that a call stopped record again. */
final class RestartConfigRecorder implements Remediation {
    @Override
    public String id() {
        return "restart-config-recorder";
    }

    @Override
    public Plan plan(Finding finding, Map<Resource, PriorState> prior) {
        CloudTrailRecord record = finding.record();
        String name = Json.text(record.request(), "configurationRecorderName");
        if (!record.eventName().equals("StopConfigurationRecorder") || name == null) {
            return Texts.notUndone(record);
        }
        Resource recorder = new Resource("AWS::Config::ConfigurationRecorder", name, record.region(), record.account());
        return new Plan.Steps(List.of(new StartAgain(recorder, Kind.CONFIGURATION_RECORDER)));
    }

    @Override
    public Set<Permission> permissions() {
        String recorder = "arn:${Partition}:config:${Region}:${Account}:configuration-recorder/*/*";
        return Set.of(
                new Permission("config:DescribeConfigurationRecorderStatus", recorder),
                new Permission("config:StartConfigurationRecorder", recorder));
    }
}
