package dev.backstop.functions.handler;

import dev.backstop.core.Json;
import dev.backstop.core.memory.LocalIncidents;
import dev.backstop.core.port.AlertChannel;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Baselines;
import dev.backstop.core.port.Canary;
import dev.backstop.core.port.EventBus;
import dev.backstop.core.port.History;
import dev.backstop.core.port.Incidents;
import dev.backstop.core.port.Journal;
import dev.backstop.core.port.Remakes;
import dev.backstop.functions.line.ActivityWatch;
import dev.backstop.functions.line.Announcer;
import dev.backstop.functions.line.BaselineWatch;
import dev.backstop.functions.line.DriftWatch;
import dev.backstop.functions.line.Drill;
import dev.backstop.functions.line.Evaluator;
import dev.backstop.functions.line.Exempting;
import dev.backstop.functions.line.GroupedAlerts;
import dev.backstop.functions.line.IamReverter;
import dev.backstop.functions.line.IncidentDesk;
import dev.backstop.functions.line.IncidentReport;
import dev.backstop.functions.line.IncidentSweep;
import dev.backstop.functions.line.KillProof;
import dev.backstop.functions.line.Limits;
import dev.backstop.functions.line.Line;
import dev.backstop.functions.line.OnCall;
import dev.backstop.functions.line.Pause;
import dev.backstop.functions.line.Planner;
import dev.backstop.functions.line.PriorStates;
import dev.backstop.functions.line.Remaker;
import dev.backstop.functions.line.Resolving;
import dev.backstop.functions.line.Responder;
import dev.backstop.functions.line.Restraints;
import dev.backstop.functions.line.Revoker;
import dev.backstop.functions.line.SessionLookup;
import dev.backstop.functions.line.SessionReport;
import dev.backstop.functions.line.Sessions;
import dev.backstop.functions.line.Sweep;
import dev.backstop.functions.line.TagApproval;
import dev.backstop.functions.line.WindowWatch;
import dev.backstop.functions.message.Letterhead;
import dev.backstop.functions.sdk.BackstopTable;
import dev.backstop.functions.sdk.CloudTrailCalls;
import dev.backstop.functions.sdk.ConfigEvaluations;
import dev.backstop.functions.sdk.ConfigHistory;
import dev.backstop.functions.sdk.DynamoApprovals;
import dev.backstop.functions.sdk.DynamoBaselines;
import dev.backstop.functions.sdk.DynamoBreaker;
import dev.backstop.functions.sdk.DynamoControls;
import dev.backstop.functions.sdk.DynamoForgedTags;
import dev.backstop.functions.sdk.DynamoIncidents;
import dev.backstop.functions.sdk.DynamoJournal;
import dev.backstop.functions.sdk.DynamoRevocations;
import dev.backstop.functions.sdk.DynamoSessionRegistry;
import dev.backstop.functions.sdk.DynamoTimeline;
import dev.backstop.functions.sdk.EventBridgeBus;
import dev.backstop.functions.sdk.LambdaDetections;
import dev.backstop.functions.sdk.LambdaKillSwitch;
import dev.backstop.functions.sdk.LambdaRemakes;
import dev.backstop.functions.sdk.SdkAccountName;
import dev.backstop.functions.sdk.SdkAws;
import dev.backstop.functions.sdk.SdkCanary;
import dev.backstop.functions.sdk.SdkClients;
import dev.backstop.functions.sdk.SdkInventory;
import dev.backstop.functions.sdk.SnsAlertChannel;
import dev.backstop.rules.WindowBook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** The object graph of a deployed function: every port over the SDK, built once a process. */
final class Deployed {
    private final Settings settings;
    private final InstantSource clock = InstantSource.system();
    private final SdkClients clients;
    private final BackstopTable table;
    private final Letterhead letterhead;
    private final Incidents incidents;

    Deployed(Settings settings, SdkClients clients) {
        this(settings, clients, false);
    }

    /** @param rehearsing whether the table answers nothing, of which no incident can be made */
    private Deployed(Settings settings, SdkClients clients, boolean rehearsing) {
        this.settings = settings;
        this.clients = clients;
        this.letterhead = new Letterhead(settings.runbook(), settings.qualifier(), new SdkAccountName(clients::iam));
        this.table = new BackstopTable(clients.dynamoDb(), settings.table());
        this.incidents = rehearsing ? new LocalIncidents(clock) : new DynamoIncidents(table, clock);
    }

    /** From the environment of this process. */
    static Deployed here() {
        Settings settings = Settings.of(System.getenv());
        return new Deployed(settings, SdkClients.of(settings.region(), null));
    }

    /** Where a snapshot keeps what this process becomes, it rehearses first; elsewhere the first event would wait for it. */
    Responder responder() {
        if (settings.snapshot()) {
            Priming.theLine();
            Priming.theAdapters(rehearsing().line(), settings.region());
            var _ = clients.ec2(); // The largest one, which otherwise only the first revert builds.
        }
        return new Responder(line(), settings.agents(), limits(), settings.leniency(), clock, Pause.REAL);
    }

    private Limits limits() {
        return Limits.in(settings.account()).with(settings.reverts());
    }

    Line line() {
        return new Line(
                this::region,
                sessions().registry(),
                sessions().timeline(),
                journal(),
                new DynamoControls(table, clock),
                history(),
                killSwitch(),
                killSwitch(),
                new Restraints(new DynamoBreaker(table), new DynamoForgedTags(table)),
                alerts(),
                bus());
    }

    /** Where prior state comes from. */
    History history() {
        Baselines baselines = new DynamoBaselines(table, clock);
        return new PriorStates(baselines, ConfigHistory.everywhere(clients), clock, Pause.REAL);
    }

    /** Built when the first drift comes, so that no other event waits for EC2's client. */
    DriftWatch drift() {
        return new DriftWatch(
                line(),
                new DynamoApprovals(table),
                new DynamoBaselines(table, clock),
                inventory(),
                new CloudTrailCalls(clients.cloudTrail()),
                settings.agents(),
                limits(),
                clock,
                Pause.REAL);
    }

    Evaluator evaluator() {
        return new Evaluator(new DynamoApprovals(table));
    }

    ConfigEvaluations evaluations() {
        return new ConfigEvaluations(clients.config());
    }

    TagApproval approval() {
        return new TagApproval(
                new DynamoApprovals(table),
                new DynamoBaselines(table, clock),
                inventory(),
                people(),
                settings.agents(),
                clock,
                Pause.REAL);
    }

    private SdkInventory inventory() {
        return inventory(settings.region());
    }

    private SdkInventory inventory(String region) {
        return new SdkInventory(clients.in(region).ec2(), clock);
    }

    /** One for the home Region, and one for each further one that is watched. */
    List<BaselineWatch> baselines() {
        return Stream.concat(Stream.of(settings.region()), settings.regions().stream())
                .map(this::baselines)
                .toList();
    }

    private BaselineWatch baselines(String region) {
        return new BaselineWatch(
                new DynamoBaselines(table, clock),
                inventory(region),
                new BaselineWatch.Place(settings.account(), region),
                settings.agents(),
                clock,
                Pause.REAL);
    }

    /** Like {@link #responder}, but with the adapters of IAM: the kill switch must not be cold either. */
    Deployed primed() {
        if (settings.snapshot()) {
            Priming.theLine();
            Priming.theAdapters(rehearsing());
        }
        return this;
    }

    OnCall onCall() {
        return new OnCall(revoker(), sessions(), lookup(), alerts(), bus(), clock);
    }

    Revoker revoker() {
        return new Revoker(aws(), sessions(), settings.agents(), clock, Pause.REAL);
    }

    IamReverter iamReverter() {
        Planner planner =
                new Planner(new ConfigHistory(clients.config()), sessions().timeline());
        return new IamReverter(aws(), planner, journal(), settings.agents(), settings.account(), Pause.REAL);
    }

    /** What is of IAM the revoke function makes again. */
    Remaker remaker() {
        Remakes iam = new LambdaRemakes(clients.waitingLambda(), settings.revokeFunction());
        return new Remaker(this::region, journal(), iam, clock, Pause.REAL);
    }

    Sweep sweep() {
        return new Sweep(aws(), sessions(), settings.agents(), alerts(), clock, Pause.REAL);
    }

    IncidentDesk incidentDesk() {
        Exempting.Home home = new Exempting.Home(settings.account(), settings.region());
        IncidentReport report =
                new IncidentReport(incidents, journal(), sessions().timeline(), clock);
        return new IncidentDesk(
                report,
                new Exempting(
                        new DynamoControls(table, clock),
                        lookup(),
                        sessions().timeline(),
                        alerts(),
                        bus(),
                        home,
                        clock),
                new Resolving(
                        incidents,
                        report,
                        incidentSweep(),
                        journal(),
                        new LambdaRemakes(clients.waitingLambda(), settings.respondFunction()),
                        new DynamoApprovals(table),
                        sessions(),
                        onCall(),
                        alerts(),
                        bus(),
                        clock));
    }

    IncidentSweep incidentSweep() {
        return new IncidentSweep(incidents, sessions().revocations(), people(), clock);
    }

    ActivityWatch watch() {
        KillProof proof = new KillProof(sessions(), killSwitch(), journal(), alerts(), bus(), clock, LogLine::print);
        LambdaDetections detections = new LambdaDetections(clients.lambda(), settings.respondFunction());
        WindowWatch windows = new WindowWatch(windowBook(), sessions().timeline(), journal(), detections);
        return new ActivityWatch(
                sessions(), settings.agents(), killSwitch(), proof, new DynamoForgedTags(table), windows, clock);
    }

    /** The stack puts it beside the function, with the user's own rules in it. */
    private WindowBook windowBook() {
        String file = settings.windows();
        try {
            return file == null
                    ? WindowBook.empty()
                    : WindowBook.of(Json.MAPPER.readTree(Files.readAllBytes(Path.of(file))), file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": deploy the stack again", e);
        }
    }

    Drill drill() {
        // Its sessions are its own: they are in no incident, and it may not read the table.
        AlertChannel alerts = new GroupedAlerts(people(), new LocalIncidents(clock), settings.routes());
        return new Drill(canary(), killSwitch(), killSwitch(), alerts, bus(), clock, Pause.REAL);
    }

    Canary canary() {
        return new SdkCanary(clients, settings.canaryRole(), null);
    }

    SessionReport report() {
        return new SessionReport(sessions(), lookup(), clock);
    }

    Sessions sessions() {
        return new Sessions(
                new DynamoSessionRegistry(table, clock),
                new DynamoTimeline(table, clock),
                new DynamoRevocations(table));
    }

    Aws aws() {
        return new SdkAws(clients);
    }

    private SessionLookup lookup() {
        return new SessionLookup(sessions().registry(), aws().roles(), settings.agents(), clock);
    }

    private LambdaKillSwitch killSwitch() {
        return new LambdaKillSwitch(clients.lambda(), settings.revokeFunction(), settings.restoreFunction());
    }

    private Journal journal() {
        return new DynamoJournal(table, clock);
    }

    private AlertChannel alerts() {
        return new GroupedAlerts(people(), incidents, settings.routes());
    }

    private AlertChannel people() {
        return new Announcer(new SnsAlertChannel(clients.sns(), settings.topicArn(), letterhead), bus(), letterhead);
    }

    private Deployed rehearsing() {
        return new Deployed(settings, SdkClients.rehearsing(settings.region()), true);
    }

    private EventBus bus() {
        return new EventBridgeBus(clients.eventBridge());
    }

    private Aws region(String name) {
        return new SdkAws(clients.in(name));
    }
}
