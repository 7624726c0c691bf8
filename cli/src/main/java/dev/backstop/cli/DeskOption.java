package dev.backstop.cli;

import dev.backstop.cli.account.Account;
import dev.backstop.cli.oncall.DeployedDesk;
import dev.backstop.cli.oncall.DirectDesk;
import dev.backstop.cli.oncall.OnCallDesk;
import java.io.PrintWriter;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code --direct}: who does it. */
final class DeskOption {
    @Mixin
    ConfigurationOption configuration = new ConfigurationOption();

    @Option(
            names = "--direct",
            description =
                    "Do it here with your own credentials, not by the deployed functions: also when functions, table "
                            + "or the whole stack are not there, and on any role that your credentials may edit. Sessions that "
                            + "the table does not know are looked for in CloudTrail's event history. Standard error says which "
                            + "way was taken.")
    boolean direct;

    /** @param back how far to look back in the event history for who is not known */
    OnCallDesk desk(CommandSpec spec, Account account, Duration back) {
        PrintWriter err = spec.commandLine().getErr();
        return direct
                ? DirectDesk.of(account, configuration.load(), back, note -> err.println(Page.clean(note)))
                : new DeployedDesk(account, true);
    }
}
