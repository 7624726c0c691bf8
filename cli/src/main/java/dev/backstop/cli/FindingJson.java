package dev.backstop.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.cli.input.Tally;
import dev.backstop.core.Finding;
import dev.backstop.core.Json;
import dev.backstop.core.Plan;
import dev.backstop.core.Resource;
import dev.backstop.core.Response;
import dev.backstop.core.Step;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** Findings for scripts: one JSON object a line. */
record FindingJson(PrintWriter out) implements FindingReport {
    FindingJson(CommandLine command) {
        this(command.getOut());
    }

    @Override
    public void add(Finding finding, Optional<Plan> revert, Optional<Plan> kill) {
        ObjectNode json = Json.object();
        json.put("eventId", finding.record().eventId());
        json.put("eventTime", finding.record().eventTime().toString());
        json.put("rule", finding.rule().id());
        json.put("severity", finding.severity().word());
        json.set("response", Json.MAPPER.valueToTree(finding.responseWords()));
        json.set("softened", Json.MAPPER.valueToTree(finding.softened()));
        ObjectNode session = json.putObject("session");
        session.put("id", finding.session().id());
        session.put("role", finding.session().roleArn());
        session.put("developer", finding.session().developer());
        session.put("project", finding.session().project());
        json.set("resource", resource(finding.resource()));
        ArrayNode steps = json.putArray("plan");
        revert.ifPresent(made -> add(Response.REVERT, made, steps));
        kill.ifPresent(made -> add(Response.REVOKE, made, steps));
        out.println(Json.write(json));
    }

    @Override
    public void end(Tally tally) {}

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
