package dev.backstop.cli.demo;

import dev.backstop.core.memory.SessionContext;

/**
 * Who makes a call, as IAM and as people see it.
 *
 * @param name the role session's name: a session id, an e-mail address, a tool
 * @param context what IAM evaluates policies with
 */
record Caller(String name, Kind kind, String roleName, SessionContext context) {
    /** What kind of caller people would say it is. */
    enum Kind {
        AGENT("agent"),
        PERSON("person"),
        SERVICE("service");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }
}
