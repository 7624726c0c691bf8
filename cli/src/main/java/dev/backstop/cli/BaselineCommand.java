package dev.backstop.cli;

import dev.backstop.cli.account.Account;
import dev.backstop.cli.account.Stack;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.BadInputException;
import dev.backstop.core.Json;
import dev.backstop.core.Resource;
import dev.backstop.core.baseline.Approval;
import dev.backstop.core.baseline.Watched;
import dev.backstop.core.port.Approvals;
import dev.backstop.core.port.Inventory;
import dev.backstop.functions.line.TagApproval;
import dev.backstop.functions.sdk.DynamoApprovals;
import dev.backstop.functions.sdk.SdkInventory;
import dev.backstop.remediations.Drift;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
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
            description = {"Approves a security group or an instance as it is now.", ""},
            mixinStandardHelpOptions = true)
    int approve(
            @Parameters(paramLabel = "ID", description = "sg-… or i-…") String id,
            @Option(names = "--reason", required = true, paramLabel = "WHY", description = "Kept with the approval.")
                    String reason) {
        Place place = new Place(id);
        Approval approval = place.approval()
                .approve(place.resource, place.account.caller(), reason)
                .orElseThrow(() -> new BadInputException("baseline approve", id, "is not in " + place.account.words()));
        out().println(id + " is approved as it is now");
        out().println(Json.write(approval.configuration()));
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
        place.look(seen -> differences.addAll(Drift.between(
                        place.resource, approval.configuration(), seen.look().configuration())
                .differences()));
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
            if (!id.matches("(sg|i)-[0-9a-zA-Z]+")) {
                throw new BadInputException("baseline", id, "is neither a security group (sg-…) nor an instance (i-…)");
            }
            account = Account.here();
            String type = id.startsWith("sg-") ? Watched.GROUP : Watched.INSTANCE;
            resource = new Resource(type, id, account.region(), account.id());
            approvals = new DynamoApprovals(Stack.table(account));
            inventory = new SdkInventory(account.clients().ec2(), InstantSource.system());
        }

        TagApproval approval() {
            return new TagApproval(approvals, inventory, AgentSelector.DEFAULT, InstantSource.system());
        }

        Approval approved(String id) {
            return approvals
                    .of(resource)
                    .orElseThrow(() -> new BadInputException(
                            "baseline", id, "is not approved: backstop baseline list shows what is"));
        }

        void look(Consumer<Inventory.Seen> each) {
            if (resource.type().equals(Watched.GROUP)) {
                inventory.groups(Set.of(resource.id()), each);
            } else {
                inventory.instances(Set.of(resource.id()), each);
            }
        }
    }
}
