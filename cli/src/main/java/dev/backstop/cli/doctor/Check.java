package dev.backstop.cli.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Json;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How one check came out.
 *
 * @param finding what was found, in one line
 * @param remedy what to do about it; null where all is well
 */
public record Check(
        String name,
        Verdict verdict,
        String finding,
        @Nullable String remedy) {
    /** Whether it is as it must be. */
    public enum Verdict {
        OK,
        PROBLEM,
        /** It could not be found out. */
        UNKNOWN;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Check ok(String name, String finding) {
        return new Check(name, Verdict.OK, finding, null);
    }

    static Check problem(String name, String finding, String remedy) {
        return new Check(name, Verdict.PROBLEM, finding, remedy);
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("check", name);
        json.put("status", verdict.word());
        json.put("finding", finding);
        json.put("remedy", remedy);
        return json;
    }
}
