package dev.backstop.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudtrail.model.AdvancedEventSelector;
import software.amazon.awssdk.services.cloudtrail.model.AdvancedFieldSelector;
import software.amazon.awssdk.services.cloudtrail.model.EventSelector;
import software.amazon.awssdk.services.cloudtrail.model.GetEventSelectorsResponse;
import software.amazon.awssdk.services.cloudtrail.model.ReadWriteType;

final class ManagementEventsTest {
    @Test
    void basicSelectors() {
        assertEquals(ManagementEvents.ALL, basic(true, ReadWriteType.ALL));
        assertEquals(ManagementEvents.WRITES, basic(true, ReadWriteType.WRITE_ONLY));
        assertEquals(ManagementEvents.NONE, basic(true, ReadWriteType.READ_ONLY));
        assertEquals(ManagementEvents.NONE, basic(false, ReadWriteType.ALL));
    }

    @Test
    void advancedSelectors() {
        assertEquals(ManagementEvents.ALL, advanced(is("eventCategory", "Management")));
        assertEquals(ManagementEvents.NONE, advanced(is("eventCategory", "Data")));
        assertEquals(ManagementEvents.WRITES, advanced(is("eventCategory", "Management"), is("readOnly", "false")));
        assertEquals(ManagementEvents.NONE, advanced(is("eventCategory", "Management"), is("readOnly", "true")));
        assertEquals(ManagementEvents.ALL, advanced(is("eventCategory", "Management"), not("kms.amazonaws.com")));
        assertEquals(ManagementEvents.NONE, advanced(is("eventCategory", "Management"), not("ec2.amazonaws.com")));
        assertEquals(
                ManagementEvents.NONE,
                advanced(is("eventCategory", "Management"), is("eventSource", "s3.amazonaws.com")));
    }

    private static ManagementEvents basic(boolean management, ReadWriteType type) {
        return ManagementEvents.of(GetEventSelectorsResponse.builder()
                .eventSelectors(EventSelector.builder()
                        .includeManagementEvents(management)
                        .readWriteType(type)
                        .build())
                .build());
    }

    private static ManagementEvents advanced(AdvancedFieldSelector... fields) {
        return ManagementEvents.of(GetEventSelectorsResponse.builder()
                .advancedEventSelectors(AdvancedEventSelector.builder()
                        .fieldSelectors(Arrays.asList(fields))
                        .build())
                .build());
    }

    private static AdvancedFieldSelector is(String field, String value) {
        return AdvancedFieldSelector.builder().field(field).equalsValue(value).build();
    }

    private static AdvancedFieldSelector not(String service) {
        return AdvancedFieldSelector.builder()
                .field("eventSource")
                .notEquals(service)
                .build();
    }
}
