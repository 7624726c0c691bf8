package dev.backstop.core.port;

import java.util.Set;

/** Managed policies that are attached to IAM roles and users. */
public interface Attachments {
    /** The ARNs of what is attached; empty when the holder is not there. */
    Set<String> of(Holder holder);

    /** Attaches; one that is attached is success. Fails when holder or policy is not there. */
    void attach(Holder holder, String policyArn);

    /** Detaches; one that is not attached is success. */
    void detach(Holder holder, String policyArn);

    /** Who holds policies. */
    record Holder(Kind kind, String name) {
        public static Holder role(String name) {
            return new Holder(Kind.ROLE, name);
        }

        public static Holder user(String name) {
            return new Holder(Kind.USER, name);
        }
    }

    /** What a holder is. */
    enum Kind {
        ROLE,
        USER
    }
}
