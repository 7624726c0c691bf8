package dev.backstop.remediations;

/** One planned change to the inline policies of a role. */
sealed interface PolicyWrite {
    String name();

    /** Writes a policy: a name that nobody else writes, or a session's own. */
    record Put(String name, String json) implements PolicyWrite {}

    /** Writes a policy over the one that was read, unless that has changed since. */
    record Replace(String name, String was, String json) implements PolicyWrite {}

    /** Deletes a policy, unless it has changed since it was read. */
    record Delete(RolePolicy was) implements PolicyWrite {
        @Override
        public String name() {
            return was.name();
        }
    }
}
