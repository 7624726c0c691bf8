package dev.backstop.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.cli.input.Tally;
import dev.backstop.cli.report.Heard;
import dev.backstop.cli.report.Seen;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.Resource;
import dev.backstop.core.Response;
import dev.backstop.core.Step;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine;

/** Findings for scripts: one JSON object a line. */
record FindingJson(PrintWriter out) implements FindingReport {
    FindingJson(CommandLine command) {
        this(command.getOut());
    }

    @Override
    public void add(Seen seen) {
        ObjectNode json = Json.object();
        json.put("eventId", seen.trigger().id());
        json.put("eventTime", seen.at().toString());
        json.put("rule", seen.rule().id());
        json.put("severity", seen.severity().word());
        json.set("response", Json.MAPPER.valueToTree(seen.responses()));
        json.set("softened", Json.MAPPER.valueToTree(seen.softened()));
        json.put("seen", seen.by().orElse(null));
        json.put("stoppedAt", seen.stopped().map(Instant::toString).orElse(null));
        ObjectNode session = json.putObject("session");
        session.put("id", seen.session().id());
        session.put("role", seen.session().roleArn());
        session.put("developer", seen.session().developer());
        session.put("project", seen.session().project());
        json.set("resource", resource(seen.resource()));
        ArrayNode steps = json.putArray("plan");
        seen.revert().ifPresent(made -> add(Response.REVERT, made, steps));
        seen.kill().ifPresent(made -> add(Response.REVOKE, made, steps));
        out.println(Json.write(json));
    }

    @Override
    public void end(Tally tally, Heard heard) {}

    private static void add(Response response, Plan plan, ArrayNode json) {
        switch (plan) {
            case Plan.Refused(String why) ->
                json.addObject().put("response", response.word()).put("refused", why);
            case Plan.Steps(List<Step<?>> steps) -> {
                for (Step<?> step : steps) {
                    ObjectNode item = json.addObject();
                    item.put("response", response.word());
                    item.put("action", step.action());
                    item.set("resource", resource(step.resource()));
                    item.put("summary", step.summary());
                    item.put("command", step.command());
                }
            }
        }
    }

    private static ObjectNode resource(Resource resource) {
        ObjectNode json = Json.object();
        json.put("type", resource.type());
        json.put("id", resource.id());
        json.put("region", resource.region());
        json.put("account", resource.account());
        return json;
    }
}
