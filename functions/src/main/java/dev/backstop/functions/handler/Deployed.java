package dev.backstop.functions.handler;

import dev.backstop.core.port.Aws;
import dev.backstop.core.port.EventBus;
import dev.backstop.core.port.Revocations;
import dev.backstop.core.port.RolePolicies;
import dev.backstop.core.port.SessionRegistry;
import dev.backstop.functions.line.AlertText;
import dev.backstop.functions.line.Limits;
import dev.backstop.functions.line.Line;
import dev.backstop.functions.line.Pause;
import dev.backstop.functions.line.Responder;
import dev.backstop.functions.line.Revoker;
import dev.backstop.functions.sdk.BackstopTable;
import dev.backstop.functions.sdk.ConfigHistory;
import dev.backstop.functions.sdk.DynamoControls;
import dev.backstop.functions.sdk.DynamoJournal;
import dev.backstop.functions.sdk.DynamoRevocations;
import dev.backstop.functions.sdk.DynamoSessionRegistry;
import dev.backstop.functions.sdk.EventBridgeBus;
import dev.backstop.functions.sdk.LambdaKillSwitch;
import dev.backstop.functions.sdk.SdkAws;
import dev.backstop.functions.sdk.SdkClients;
import dev.backstop.functions.sdk.SnsAlertChannel;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The object graph of a deployed function: every port over the SDK, built once a process. */
final class Deployed {
    private final Settings settings;
    private final InstantSource clock = InstantSource.system();
    private final SdkClients clients;
    private final BackstopTable table;

    Deployed(Settings settings, SdkClients clients) {
        this.settings = settings;
        this.clients = clients;
        this.table = new BackstopTable(clients.dynamoDb(), settings.table());
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
        return new Responder(line(), settings.agents(), Limits.in(settings.account()), clock, Pause.REAL);
    }

    Line line() {
        return new Line(
                regions(),
                sessions(),
                new DynamoJournal(table, clock),
                new DynamoControls(table, clock),
                new ConfigHistory(clients.config()),
                new LambdaKillSwitch(clients.lambda(), settings.revokeFunction()),
                new SnsAlertChannel(clients.sns(), settings.topicArn(), AlertText::subject, AlertText::body),
                bus());
    }

    /** Like {@link #responder}, but with the adapters of IAM: the kill switch must not be cold either. */
    OnCall onCall() {
        if (settings.snapshot()) {
            Priming.theLine();
            Priming.theAdapters(rehearsing());
        }
        Revoker revoker = new Revoker(new SdkAws(clients), revocations(), settings.agents(), clock, Pause.REAL);
        return new OnCall(revoker, sessions(), bus());
    }

    SessionRegistry sessions() {
        return new DynamoSessionRegistry(table, clock);
    }

    Revocations revocations() {
        return new DynamoRevocations(table);
    }

    RolePolicies rolePolicies() {
        return new SdkAws(clients).rolePolicies();
    }

    private Deployed rehearsing() {
        return new Deployed(settings, SdkClients.rehearsing(settings.region()));
    }

    Settings settings() {
        return settings;
    }

    private EventBus bus() {
        return new EventBridgeBus(clients.eventBridge());
    }

    private Function<String, Aws> regions() {
        Map<String, Aws> built = new ConcurrentHashMap<>(Map.of(settings.region(), new SdkAws(clients)));
        return region -> built.computeIfAbsent(region, name -> new SdkAws(SdkClients.of(name, null)));
    }
}
