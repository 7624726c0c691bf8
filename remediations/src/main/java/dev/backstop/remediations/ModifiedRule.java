package dev.backstop.remediations;

import dev.backstop.core.GroupRule;
import java.util.Objects;

/**
 * What a call made of one rule, under one id.
 *
 * @param asked the values that the call gave it
 * @param former the values before
 */
record ModifiedRule(GroupRule asked, GroupRule former) {
    String ruleId() {
        return asked.ruleId();
    }

    /** Whether the rule still is what the call made of it. */
    boolean isAsAsked(GroupRule live) {
        return live.allowsSameAs(asked) && (!onlyDescribed() || sameDescription(live, asked));
    }

    /** Whether the rule is what it was. */
    boolean isAsBefore(GroupRule live) {
        return live.allowsSameAs(former) && (!onlyDescribed() || sameDescription(live, former));
    }

    String words() {
        return ruleId() + ": " + asked.words() + " back to " + former.words()
                + (onlyDescribed() ? ", \"" + former.description() + "\"" : "");
    }

    private boolean onlyDescribed() {
        return asked.allowsSameAs(former);
    }

    private static boolean sameDescription(GroupRule one, GroupRule other) {
        return Objects.equals(one.description(), other.description());
    }
}
