package dev.backstop.cli;

import dev.backstop.cli.doctor.Check;
import dev.backstop.cli.doctor.Check.Verdict;
import dev.backstop.cli.doctor.Doctor;
import dev.backstop.core.Json;
import dev.backstop.remediations.Remediations;
import dev.backstop.rules.Configuration;
import dev.backstop.rules.RuleBook;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code backstop doctor}: why nothing fires, or nobody hears of it. */
@Command(
        name = "doctor",
        description = {"Checks what must hold in your account for Backstop to see and to act.", "", """
            Credentials, a trail that logs management events, table, topic and its subscriptions, functions, rules, \
            the age of the last heartbeat and drill, alarms, the stacks in us-east-1 and in the further Regions that are \
            watched, agent roles and their boundary. Each problem says in its line what to do. Changes nothing. Exit 1 when there is \
            one.""", ""},
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Mixin
    ConfigurationOption configuration = new ConfigurationOption();

    @Option(names = "--json", description = "One JSON object a check and line: check, status, finding, remedy.")
    boolean json;

    @Override
    public Integer call() {
        Configuration inForce = configuration.load();
        List<Check> checks = new Doctor(inForce, RuleBook.catalogue(inForce, Remediations.ids())).examine();
        if (json) {
            checks.forEach(check -> spec.commandLine().getOut().println(Json.write(check.toJson())));
        } else {
            Page page = new Page(spec.commandLine());
            checks.forEach(page::check);
        }
        return checks.stream().anyMatch(check -> check.verdict() == Verdict.PROBLEM) ? 1 : 0;
    }
}
