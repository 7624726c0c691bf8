package dev.backstop.cli;

import dev.backstop.cli.account.Account;
import dev.backstop.cli.oncall.DeployedDesk;
import dev.backstop.core.Json;
import dev.backstop.functions.sdk.SdkClients;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the startup cache is recorded from: the commands that should start fast, run once into nowhere. */
public final class Training {
    private Training() {}

    /** Runs each command once; takes the folder of the events to replay. */
    public static void main(String[] arguments) {
        run("--version");
        run("--help");
        run("rules");
        run("rules", "--json");
        run("revoke", "--help");
        theSdk();
        if (Files.isDirectory(Path.of(arguments[0]))) {
            run("replay", "--fail-on=critical", arguments[0]);
            run("replay", "--json", arguments[0]);
            run("demo");
        }
    }

    /** At night a kill should not wait for classes: the SDK's are loaded by calls that are sent nowhere. */
    private static void theSdk() {
        SdkClients clients = SdkClients.rehearsing("us-east-1");
        clients.sts().getCallerIdentity();
        Account nobody = new Account("123456789012", "us-east-1", "arn:aws:iam::123456789012:user/none", clients);
        new DeployedDesk(nobody, false).sessions(Json.object());
    }

    private static void run(String... arguments) {
        Main.run(OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), arguments);
    }
}
