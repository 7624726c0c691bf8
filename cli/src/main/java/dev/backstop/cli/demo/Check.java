package dev.backstop.cli.demo;

/**
 * One thing that must be so after the day.
 *
 * @param says what must be so
 * @param found what was read back instead; empty when it holds
 */
record Check(Topic topic, String says, Result result, String found) {
    /** How a check came out. */
    enum Result {
        HOLDS,
        FAILS,
        NOT_CHECKABLE
    }

    /** What a check is about, in the order of the verdict. */
    enum Topic {
        UNDONE("What an agent did and Backstop can undo is undone"),
        TOLD("What it does not undo was told, with the command that stops the session"),
        LEFT("All else is as the day leaves it without Backstop"),
        SESSIONS("One session was stopped, and no other"),
        ALERTS("Nobody is told twice, and nothing is kept from anybody");

        private final String heading;

        Topic(String heading) {
            this.heading = heading;
        }

        String heading() {
            return heading;
        }
    }

    static Check that(Topic topic, boolean holds, String says, String found) {
        return new Check(topic, says, holds ? Result.HOLDS : Result.FAILS, holds ? "" : found);
    }

    static Check notCheckable(Topic topic, String says, String why) {
        return new Check(topic, says, Result.NOT_CHECKABLE, why);
    }
}
