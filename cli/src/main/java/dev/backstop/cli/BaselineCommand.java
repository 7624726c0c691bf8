package dev.backstop.cli;

import static dev.backstop.core.Command.line;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.cli.account.Account;
import dev.backstop.cli.account.Stack;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import dev.backstop.core.Resource;
import dev.backstop.core.baseline.Approval;
import dev.backstop.core.baseline.Capture;
import dev.backstop.core.baseline.Watched;
import dev.backstop.core.port.Approvals;
import dev.backstop.core.port.Inventory;
import dev.backstop.functions.sdk.DynamoApprovals;
import dev.backstop.functions.sdk.SdkInventory;
import dev.backstop.remediations.Drift;
import java.io.PrintWriter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code backstop baseline}: the states of groups and instances that people approve. */
@Command(
        name = "baseline",
        description = {"Approves how security groups and instances are to be, and shows what was approved.", "", """
            What differs from its approved state is drift: the deployed stack alerts, and in mode enforce puts it back. It \
            needs AWS Config: deploy with -c config=existing-recorder, or create.""", ""
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class BaselineCommand {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Command(
            name = "approve",
            description = {
                "Shows how a security group or an instance is, and approves just that when it is asked again with --seen.",
                ""
            },
            mixinStandardHelpOptions = true)
    int approve(
            @Parameters(paramLabel = "ID", description = "sg-… or i-…") String id,
            @Option(names = "--reason", required = true, paramLabel = "WHY", description = "Kept with the approval.")
                    String reason,
            @Nullable
                    @Option(
                            names = "--seen",
                            paramLabel = "MARK",
                            description = "What was shown; without it nothing is approved.")
                    String seen) {
        Place place = new Place(id);
        ObjectNode state = place.inventory
                .look(place.resource)
                .map(Capture::configuration)
                .orElseThrow(() -> new BadInputException("baseline approve", id, "is not in " + place.account.words()));
        String mark = mark(state);
        if (seen != null && !seen.equals(mark)) {
            throw new BadInputException(
                    "baseline approve",
                    "--seen",
                    id
                            + " is not as it was shown any more, so nothing is approved: run it again without --seen, and look");
        }
        out().println(Json.write(state));
        if (seen == null) {
            out().println("nothing is approved yet; if it is to be so: "
                    + line("./backstop", "baseline", "approve", id, "--reason", reason, "--seen", mark));
            return 0;
        }
        place.approvals.keep(
                new Approval(place.resource, state, InstantSource.system().instant(), place.account.caller(), reason));
        out().println(id + " is approved so");
        return 0;
    }

    @Command(
            name = "show",
            description = {"Shows the approved state of one, and in what it differs from that now.", ""},
            mixinStandardHelpOptions = true)
    int show(@Parameters(paramLabel = "ID", description = "sg-… or i-…") String id) {
        Place place = new Place(id);
        Approval approval = place.approved(id);
        out().println(words(approval));
        out().println(Json.write(approval.configuration()));
        List<String> differences = new ArrayList<>();
        place.inventory
                .look(place.resource)
                .map(look -> Drift.between(place.resource, approval.configuration(), look.configuration()))
                .ifPresent(drift -> differences.addAll(drift.differences()));
        out().println(differences.isEmpty() ? "it is as approved" : "it differs: " + String.join("; ", differences));
        return 0;
    }

    @Command(
            name = "list",
            description = {"Lists what is approved, by whom and why.", ""},
            mixinStandardHelpOptions = true)
    int list() {
        Approvals approvals = new DynamoApprovals(Stack.table(Account.here()));
        List<Approval> all = approvals.all();
        all.forEach(approval -> out().println(words(approval)));
        if (all.isEmpty()) {
            out().println("nothing is approved: backstop baseline approve ID --reason WHY");
        }
        return 0;
    }

    @Command(
            name = "withdraw",
            description = {"Withdraws an approval, so that nothing is drift of it any more.", ""},
            mixinStandardHelpOptions = true)
    int withdraw(@Parameters(paramLabel = "ID", description = "sg-… or i-…") String id) {
        Place place = new Place(id);
        place.approvals.withdraw(place.approved(id).resource());
        out().println(id + " is not compared any more");
        return 0;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Of just this state: another one has another. */
    private static String mark(ObjectNode state) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(Json.write(state).getBytes(UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String words(Approval approval) {
        return approval.resource().id() + " approved at " + approval.at() + " by " + approval.by() + ": "
                + approval.reason();
    }

    /** One resource, in the caller's account and Region. */
    private static final class Place {
        private final Account account;
        private final Resource resource;
        private final Approvals approvals;
        private final Inventory inventory;

        Place(String id) {
            if (!id.matches("(sg|i)-[0-9a-f]+")) {
                throw new BadInputException(
                        "baseline", id, "is neither a security group (sg-0a1b…) nor an instance (i-0a1b…)");
            }
            account = Account.here();
            String type = id.startsWith("sg-") ? Watched.GROUP : Watched.INSTANCE;
            resource = new Resource(type, id, account.region(), account.id());
            approvals = new DynamoApprovals(Stack.table(account));
            inventory = new SdkInventory(account.clients().ec2(), InstantSource.system());
        }

        Approval approved(String id) {
            return approvals
                    .of(resource)
                    .orElseThrow(() -> new BadInputException(
                            "baseline", id, "is not approved: backstop baseline list shows what is"));
        }
    }
}
