package dev.backstop.functions.message;

import dev.backstop.core.Category;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.core.Severity;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.securityhub.model.AwsSecurityFinding;
import software.amazon.awssdk.services.securityhub.model.FindingProviderFields;
import software.amazon.awssdk.services.securityhub.model.FindingProviderSeverity;
import software.amazon.awssdk.services.securityhub.model.Recommendation;
import software.amazon.awssdk.services.securityhub.model.RecordState;
import software.amazon.awssdk.services.securityhub.model.Remediation;
import software.amazon.awssdk.services.securityhub.model.SeverityLabel;
import software.amazon.awssdk.services.securityhub.model.Workflow;
import software.amazon.awssdk.services.securityhub.model.WorkflowStatus;

/**
 * An alert as a finding in the <a
 * href="https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html">AWS Security Finding
 * Format</a>, within its limits.
 */
public final class Asff {
    private static final String SCHEMA = "2018-10-08";
    private static final String NAME = "Backstop";
    private static final int MOST_OF_AN_ID = 512;
    private static final int MOST_OF_A_TITLE = 256;
    private static final int MOST_OF_A_DESCRIPTION = 1024;
    private static final int MOST_OF_A_RECOMMENDATION = 512;
    private static final int MOST_OF_A_FIELD = 2048;
    private static final int MOST_OUTCOMES = 20;

    private final Message message;
    private final Hub hub;

    private Asff(Message message, Hub hub) {
        this.message = message;
        this.hub = hub;
    }

    /** What it is in the hub; told again, it is the same finding. */
    public static AwsSecurityFinding of(Message message, Hub hub) {
        return new Asff(message, hub).finding();
    }

    /** Where findings go: the hub of one account in one Region. */
    public record Hub(String partition, String region, String account) {
        /** The <a href="https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-custom-providers.html">default
         * product</a> that an account's own findings belong to. */
        public String product() {
            return "arn:" + partition + ":securityhub:" + region + ":" + account + ":product/" + account + "/default";
        }
    }

    private AwsSecurityFinding finding() {
        AwsSecurityFinding.Builder finding = AwsSecurityFinding.builder()
                .schemaVersion(SCHEMA)
                .id(id())
                .productArn(hub.product())
                .productName(NAME)
                .companyName(NAME)
                .generatorId(message.at("/rule"))
                .awsAccountId(hub.account())
                .createdAt(message.at("/event/time"))
                .firstObservedAt(message.at("/event/time"))
                .updatedAt(updatedAt())
                .title(Plain.first(Plain.line(message.at("/title")), MOST_OF_A_TITLE))
                .description(description())
                .findingProviderFields(judged())
                .remediation(remediation())
                .productFields(fields())
                .resources(AsffResource.of(message, hub.partition()));
        if (message.isTest()) {
            finding.sample(true);
        }
        if (message.json().path("contained").asBoolean()) {
            // An archived finding that becomes active again is new again; its status a provider sets only at first.
            return finding.recordState(RecordState.ARCHIVED)
                    .workflow(Workflow.builder().status(WorkflowStatus.RESOLVED).build())
                    .build();
        }
        return finding.recordState(RecordState.ACTIVE).build();
    }

    private String id() {
        String id =
                hub.region() + "/" + hub.account() + "/backstop/" + message.at("/rule") + "/" + message.at("/event/id");
        return Plain.first(Plain.line(id), MOST_OF_AN_ID);
    }

    /** Never before it was created, which the hub refuses: the clocks are two. */
    private String updatedAt() {
        Instant created = Instant.parse(message.at("/event/time"));
        Instant updated = Instant.parse(message.at("/at"));
        return (updated.isBefore(created) ? created : updated).toString();
    }

    private String description() {
        String text = message.at("/headline") + ": " + message.at("/summary") + ". " + message.at("/why") + " Session "
                + message.session() + ", developer " + message.owner("developer") + ", project "
                + message.owner("project") + ".";
        return Plain.first(Plain.line(text), MOST_OF_A_DESCRIPTION);
    }

    /** What customers may judge otherwise: a provider keeps its own apart. */
    private FindingProviderFields judged() {
        Severity severity = Severity.valueOf(message.at("/severity").toUpperCase(Locale.ROOT));
        Category category = Category.valueOf(message.at("/category").toUpperCase(Locale.ROOT));
        return FindingProviderFields.builder()
                .severity(FindingProviderSeverity.builder()
                        .label(label(severity))
                        .original(severity.word())
                        .build())
                .types(type(category))
                .build();
    }

    private static SeverityLabel label(Severity severity) {
        return switch (severity) {
            case INFO -> SeverityLabel.INFORMATIONAL;
            case LOW -> SeverityLabel.LOW;
            case MEDIUM -> SeverityLabel.MEDIUM;
            case HIGH -> SeverityLabel.HIGH;
            case CRITICAL -> SeverityLabel.CRITICAL;
        };
    }

    /** By the <a href="https://docs.aws.amazon.com/securityhub/latest/userguide/asff-required-attributes.html">taxonomy</a>. */
    private static String type(Category category) {
        return switch (category) {
            case DESTRUCTION -> "Effects/Data Destruction";
            case COST -> "Effects/Resource Consumption";
            case EXPOSURE -> "Effects/Data Exposure";
            case IDENTITY -> "TTPs/Privilege Escalation";
            case GUARDRAILS -> "TTPs/Defense Evasion";
            case SECRETS -> "TTPs/Credential Access";
            case CODE -> "TTPs/Execution";
        };
    }

    private Remediation remediation() {
        List<NextStep> steps = message.next();
        String text = steps.isEmpty()
                ? "See the runbook."
                : steps.getFirst().when() + " " + steps.getFirst().command();
        // Half a command is worse than none.
        Recommendation.Builder recommendation = Recommendation.builder()
                .text(text.length() <= MOST_OF_A_RECOMMENDATION ? Plain.line(text) : "See the runbook.");
        String runbook = message.at("/runbook");
        if (runbook.startsWith("https://")) {
            recommendation.url(runbook);
        }
        return Remediation.builder().recommendation(recommendation.build()).build();
    }

    private Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        field(fields, "event", message.text("/event/id"));
        field(fields, "call", message.text("/event/call"));
        field(fields, "incident", message.text("/incident/id"));
        field(fields, "session", message.text("/session/id"));
        field(fields, "developer", message.text("/session/developer"));
        field(fields, "project", message.text("/session/project"));
        field(fields, "mode", message.text("/mode"));
        field(fields, "urgency", message.text("/urgency"));
        field(fields, "softened", String.join(" ", Json.values(message.json(), "softened")));
        field(fields, "runbook", message.text("/runbook"));
        List<Outcome> outcomes = message.outcomes();
        for (int i = 0; i < Math.min(MOST_OUTCOMES, outcomes.size()); i++) {
            Outcome outcome = outcomes.get(i);
            field(fields, "outcome/" + i, Words.of(outcome) + ": " + outcome.step() + ": " + outcome.message());
        }
        return fields;
    }

    private static void field(Map<String, String> fields, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            fields.put("backstop/" + name, Plain.first(Plain.line(value), MOST_OF_A_FIELD));
        }
    }
}
