package dev.backstop.core.port;

import dev.backstop.core.Exemption;
import dev.backstop.core.Mode;
import java.util.List;
import java.util.Map;

/** What operators switch without a deployment. */
public interface Controls {
    /** The modes as they stand; may be some seconds old. */
    Modes modes();

    /** Switches the mode of everything. */
    void set(Mode mode);

    /** Switches the mode of one rule. */
    void set(String ruleId, Mode mode);

    /** What is exempt or was lately, in no particular order; may be some seconds old. Who acts on it looks at the times. */
    List<Exemption> exemptions();

    /** Keeps an exemption; again for the same thing replaces it. */
    void keep(Exemption exemption);

    /**
     * The modes: one for all, and exceptions by rule id.
     *
     * @param all observe where nobody has chosen yet
     */
    record Modes(Mode all, Map<String, Mode> byRule) {
        public static final Modes INITIAL = new Modes(Mode.OBSERVE, Map.of());

        public Modes {
            byRule = Map.copyOf(byRule);
        }

        public Mode of(String ruleId) {
            return byRule.getOrDefault(ruleId, all);
        }
    }
}
