package dev.backstop.cli;

import dev.backstop.cli.input.EventReader;
import dev.backstop.cli.input.Inputs;
import dev.backstop.cli.input.Tally;
import dev.backstop.cli.report.Heard;
import dev.backstop.cli.report.Seen;
import dev.backstop.core.AgentSelector;
import dev.backstop.core.AgentSession;
import dev.backstop.core.Detection;
import dev.backstop.core.Finding;
import dev.backstop.core.Severity;
import dev.backstop.core.memory.LocalSessionRegistry;
import dev.backstop.core.memory.LocalTimeline;
import dev.backstop.functions.line.Inquiry;
import dev.backstop.functions.line.Planner;
import dev.backstop.rules.Configuration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code backstop replay}: what Backstop would have found, and would have done. */
@Command(
        name = "replay",
        description = {
            "Shows what the rules find in CloudTrail records and what would be done; calls and changes nothing.",
            "",
            """
            Takes EventBridge events and bare records, one or many, NDJSON or lists, CloudTrail log files, what a \
            rule hands to the function, and what Lambda says of a failed invocation; all of them gzipped or not. In a \
            folder: everything that ends in .json, .jsonl, .ndjson or .gz and is not hidden, \
            less the folders of CloudTrail's digests and insights; in a bucket the same, with your credentials and \
            no copy on disk. CloudTrail's log files are read in the order of their times.""",
            "",
            """
            A record that cannot be used is reported on standard error with file and position, counted and left out; \
            so is one over 256 KB, which EventBridge never delivers. Exit 2 when no record at all could be used, or \
            none of a file that was named.""",
            ""
        },
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Mixin
    ConfigurationOption configuration = new ConfigurationOption();

    @Option(names = "--json", description = """
                One JSON object a finding and line: eventId, eventTime, rule, severity, response, softened, \
                seen (what crossed a rule over many calls), stoppedAt (when its session would have been stopped before), \
                session {id, role, developer, project}, resource {type, id, region, account}, plan [{response, action, resource, \
                summary, command} or {response, refused}].""")
    boolean json;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            description = "Exit 1 on a finding of this severity or above: ${COMPLETION-CANDIDATES}.")
    @Nullable
    Severity failOn;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = {
                "Writes one page of HTML to share: what would have been found and done, by rule, session, developer and day.",
                "For people, only the summary is printed then."
            })
    @Nullable
    Path page;

    @Mixin
    InputOptions input = new InputOptions();

    private boolean failed;

    @Override
    public Integer call() {
        Configuration inForce = configuration.load();
        AgentSelector agents = inForce.agents();
        Detector detector = new Detector(inForce);
        LocalTimeline timeline = new LocalTimeline();
        Planner planner = new Planner((_, _) -> Optional.empty(), timeline);
        LocalSessionRegistry sessions = new LocalSessionRegistry();
        Inquiry inquiry = new Inquiry(timeline, sessions, inForce.leniency());
        CommandLine command = spec.commandLine();
        List<FindingReport> reports = new ArrayList<>();
        if (page != null) {
            reports.add(new ReportFile(page, detector.rules(), command));
        }
        reports.add(json ? new FindingJson(command) : new FindingText(command, page != null));
        try (Inputs inputs = input.open(spec);
                Progress progress = Progress.on(command, 2 * inputs.size())) {
            EventReader reader = new EventReader(
                    inputs,
                    agents,
                    line -> progress.aside(
                            command.getErr(), () -> command.getErr().println(line)),
                    progress);
            reader.sessions(sessions, timeline);
            SessionWindows windows = detector.windows(sessions);
            List<Seen> seen = new ArrayList<>();
            BiConsumer<Detection, Optional<String>> found = (detection, by) -> {
                AgentSession caller = agents.session(detection.record());
                AgentSession session = sessions.find(caller).orElse(caller);
                Finding finding = inquiry.into(new Finding(detection.rule(), detection.record(), session));
                failed |= failOn != null && finding.severity().compareTo(failOn) >= 0;
                seen.add(Seen.of(finding, by, planner.plan(finding)));
            };
            Tally tally = reader.<Detected>read(detector, input.period(), detector::look, detected -> {
                detected.detections().forEach(detection -> found.accept(detection, Optional.empty()));
                detected.counted().ifPresent(windows::add);
            });
            windows.crossed(timeline)
                    .forEach(crossed -> found.accept(crossed.detection(), Optional.of(crossed.seen())));
            seen.sort(Comparator.comparing(Seen::at));
            progress.aside(command.getOut(), () -> report(seen, tally, inForce, reports));
        }
        return failed ? 1 : 0;
    }

    /** In the order of time, which is known only at the end: files are in none, and some rules are over many calls. */
    private static void report(List<Seen> found, Tally tally, Configuration inForce, List<FindingReport> reports) {
        Stops stops = new Stops(inForce.agents());
        Heard heard = new Heard(inForce.routes());
        for (Seen next : found) {
            Seen seen = stops.next(next);
            heard.add(seen);
            reports.forEach(report -> report.add(seen));
        }
        reports.forEach(report -> report.end(tally, heard));
    }
}
