package dev.backstop.cli.doctor;

import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.cloudtrail.model.AdvancedEventSelector;
import software.amazon.awssdk.services.cloudtrail.model.AdvancedFieldSelector;
import software.amazon.awssdk.services.cloudtrail.model.EventSelector;
import software.amazon.awssdk.services.cloudtrail.model.GetEventSelectorsResponse;
import software.amazon.awssdk.services.cloudtrail.model.ReadWriteType;

/**
 * Which management events a trail's selectors let through; see <a
 * href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html">logging
 * management events</a>.
 */
enum ManagementEvents {
    ALL,
    /** Without AssumeRole, which is read-only: nobody knows whose a session is. */
    WRITES,
    NONE;

    static ManagementEvents of(GetEventSelectorsResponse selectors) {
        boolean writes = false;
        boolean reads = false;
        for (EventSelector selector : selectors.eventSelectors()) {
            boolean management = Boolean.TRUE.equals(selector.includeManagementEvents());
            writes |= management && selector.readWriteType() != ReadWriteType.READ_ONLY;
            reads |= management && selector.readWriteType() != ReadWriteType.WRITE_ONLY;
        }
        for (AdvancedEventSelector selector : selectors.advancedEventSelectors()) {
            List<AdvancedFieldSelector> fields = selector.fieldSelectors();
            if (fields.stream().anyMatch(field -> is(field, "eventCategory", "Management")) && isWhole(fields)) {
                writes |= fields.stream().noneMatch(field -> is(field, "readOnly", "true"));
                reads |= fields.stream().noneMatch(field -> is(field, "readOnly", "false"));
            }
        }
        return writes && reads ? ALL : writes ? WRITES : NONE;
    }

    /** Services may be left out that Backstop does not watch; any other condition leaves out too much. */
    private static boolean isWhole(List<AdvancedFieldSelector> fields) {
        Set<String> unwatched = Set.of("kms.amazonaws.com", "rdsdata.amazonaws.com");
        return fields.stream()
                .allMatch(field -> field.field().equals("eventCategory")
                        || field.field().equals("readOnly")
                        || (field.field().equals("eventSource")
                                && unwatched.containsAll(field.notEquals())
                                && field.equalsValue().isEmpty()));
    }

    private static boolean is(AdvancedFieldSelector selector, String field, String value) {
        return selector.field().equals(field) && selector.equalsValue().contains(value);
    }
}
