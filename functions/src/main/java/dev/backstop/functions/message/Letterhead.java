package dev.backstop.functions.message;

import dev.backstop.core.Runbook;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What all messages of a deployment have in common.
 *
 * @param runbook where the runbook is: an address, or a path in the project's repository
 * @param qualifier what follows the name of a function that is to be invoked: {@code :live}, or nothing
 * @param account what the account is called; asked for once a message
 */
public record Letterhead(String runbook, String qualifier, Supplier<Optional<String>> account) {
    /** The runbook as the project has it, functions behind their alias, an account without a name. */
    public static final Letterhead PLAIN = new Letterhead(Runbook.PAGE, ":live", Optional::empty);
}
