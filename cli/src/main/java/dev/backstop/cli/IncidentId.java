package dev.backstop.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An incident's id, or its session's: an id that can be neither is refused before anybody is asked. */
final class IncidentId implements ITypeConverter<String> {
    @Override
    public String convert(String value) {
        String id = value.strip();
        if (id.isEmpty()) {
            throw new TypeConversionException("it is empty: backstop incidents lists them");
        }
        if (id.startsWith("inc-") && !id.matches("inc-[0-9a-f]{10}")) {
            throw new TypeConversionException(
                    "an incident's id is inc- and ten hexadecimal digits, as backstop incidents" + " lists them, not "
                            + id);
        }
        return id;
    }
}
