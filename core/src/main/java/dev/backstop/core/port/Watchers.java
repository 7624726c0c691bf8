package dev.backstop.core.port;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What watches an account and can be stopped: its trails, AWS Config, and the rules of the guard. */
public interface Watchers {
    /**
     * Whether it watches; empty when it is not there.
     *
     * @param name of the trail, also as an ARN; of the configuration recorder; of the rule on the default bus
     */
    Optional<Boolean> watching(Kind kind, String name);

    /** Has it watch again; a rule with a pattern sees read-only calls too from then on. Fails when it is not there. */
    void start(Kind kind, String name);

    /** Whether they log, by their ARNs: the trails of this Region, and those of others that log this one too. */
    Map<String, Boolean> trails();

    /** The ids of a rule's targets; empty when the rule is not there. */
    Set<String> targets(String rule);

    /** What it is. */
    enum Kind {
        TRAIL,
        CONFIGURATION_RECORDER,
        EVENT_RULE
    }
}
