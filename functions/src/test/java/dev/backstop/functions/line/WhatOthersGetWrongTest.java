package dev.backstop.functions.line;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.backstop.core.AgentSelector.Account;
import dev.backstop.core.CloudTrailRecord;
import dev.backstop.core.Detection;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Json;
import dev.backstop.core.Outcome;
import dev.backstop.core.Outcome.Status;
import dev.backstop.core.Records;
import dev.backstop.core.Response;
import dev.backstop.core.Rule;
import dev.backstop.core.contract.ForwardingAws;
import dev.backstop.core.contract.ForwardingSecurityGroups;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.SecurityGroups;
import dev.backstop.functions.message.AlertText;
import dev.backstop.remediations.Remediations;
import dev.backstop.rules.Configuration;
import dev.backstop.rules.PatternMatcher;
import dev.backstop.rules.RuleBook;
import dev.backstop.rules.RuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases in which the strongest peer, seen in a run, removes too much, misses something, or tells nobody. */
class WhatOthersGetWrongTest {
    private static final String OPENED = "security-group-opened-to-world";
    private static final String GROUP = "sg-0a1b2c3d4e5f60010";
    private static final Path EVENTS = Path.of(System.getProperty("backstop.root"), "test-events", OPENED);
    private static final PatternMatcher RULES =
            new PatternMatcher(RuleBook.catalogue(Configuration.DEFAULT, Remediations.ids()), Account.ANY);
    private static final GroupRule APPROVED =
            new GroupRule("sgr-approved", GROUP, false, "tcp", 80, 80, "0.0.0.0/0", "public website");

    private final Stage stage = new Stage();

    @Test
    void aPersonsOlderWorldRuleOnTheGroupStays() throws IOException {
        stage.aws.securityGroups().put(APPROVED);
        Answer answer = play("ip-permissions-443");
        assertEquals(Status.APPLIED, answer.outcomes().getFirst().status());
        assertEquals(List.of(APPROVED), stage.aws.securityGroups().rules(GROUP));
    }

    @Test
    void aHarmlessEventOnAGroupWithAnApprovedWorldRuleIsNoFinding() throws IOException {
        for (String file :
                List.of("private-cidr", "another-group-as-source", "only-the-description", "the-world-revoked")) {
            assertEquals(List.of(), matching(event("ignores", file)), file);
        }
    }

    @Test
    void evenWhereARuleMatchesAHarmlessEventTheApprovedWorldRuleStays() throws IOException {
        stage.aws.securityGroups().put(APPROVED);
        CloudTrailRecord harmless = record(event("ignores", "private-cidr"));
        Rule anyAddition =
                Records.rule("any-addition", "revoke-added-security-group-rules", Response.ALERT, Response.REVERT);
        Answer answer = respond(new Detection(anyAddition, harmless));
        assertTrue(answer.outcomes().getFirst().contained(), answer::toString);
        assertEquals(List.of(APPROVED), stage.aws.securityGroups().rules(GROUP));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ipv6-world", "ipv6-all-public-addresses", "ipv4-and-ipv6-in-one-permission"})
    void theWorldOfIpv6IsTheWorldToo(String file) throws IOException {
        play(file);
        assertEquals(List.of(), stage.aws.securityGroups().rules(GROUP));
    }

    @Test
    void twoHalvesAreTheWorldToo() throws IOException {
        Answer answer = play("halves-of-the-world");
        assertTrue(answer.outcomes().getFirst().step().contains("0.0.0.0/1"), answer::toString);
        assertTrue(answer.outcomes().getFirst().step().contains("128.0.0.0/1"), answer::toString);
        assertEquals(List.of(), stage.aws.securityGroups().rules(GROUP));
    }

    @Test
    void aRuleGoneInTheMeantimeIsSuccessAndPeopleAreTold() throws IOException {
        stage.aws.securityGroups().put(APPROVED);
        Detection detection = only(event("matches", "several-rules-in-one-call"));
        Answer answer = respond(detection);
        assertEquals(Status.ALREADY_DONE, answer.outcomes().getFirst().status());
        assertEquals(1, stage.outbox.alerts().size());
        assertEquals(List.of(APPROVED), stage.aws.securityGroups().rules(GROUP));
    }

    @Test
    void ofSeveralRulesOneGoneInTheMeantimeDoesNotKeepTheOthers() throws IOException {
        Detection detection = only(event("matches", "several-rules-in-one-call"));
        added(detection.record()).skip(1).forEach(stage.aws.securityGroups()::put);
        Answer answer = respond(detection);
        assertEquals(Status.APPLIED, answer.outcomes().getFirst().status());
        assertEquals(List.of(), stage.aws.securityGroups().rules(GROUP));
    }

    @Test
    void aDeniedRevokeIsToldWithTheCommandToRun() throws IOException {
        Detection detection = only(event("matches", "ip-permissions-443"));
        added(detection.record()).forEach(stage.aws.securityGroups()::put);
        stage.now = detection.record().eventTime().plusSeconds(4);
        Answer answer = stage.responder(new Denied(stage.aws), stage.outbox, stage.revoker)
                .respond(detection, "one");
        Outcome outcome = answer.outcomes().getFirst();
        assertEquals(Status.FAILED, outcome.status());
        assertTrue(outcome.message().contains("UnauthorizedOperation"), outcome::toString);
        assertTrue(String.valueOf(outcome.command()).startsWith("aws ec2 revoke-security-group-ingress"));
        assertTrue(AlertText.body(stage.outbox.alerts().getFirst()).contains("REVERT FAILED"));
    }

    /** The request names a group of the default VPC by its name, flat or as a list; the response has its id. */
    @ParameterizedTest
    @ValueSource(strings = {"group-name-only", "group-name-only-flat"})
    void inTheDefaultVpcAGroupMayBeNamedByItsNameOnly(String file) throws IOException {
        Detection detection = only(event("matches", file));
        assertTrue(detection.record().request().path("groupId").isMissingNode(), file);
        String group = added(detection.record()).findFirst().orElseThrow().groupId();
        GroupRule approved = new GroupRule("sgr-approved", group, false, "tcp", 8080, 8080, "0.0.0.0/0", null);
        stage.aws.securityGroups().put(approved);
        play(file);
        assertEquals(List.of(approved), stage.aws.securityGroups().rules(group));
    }

    @Test
    void inTheDefaultVpcARevokeOfWhatIsNotThereRemovedNothing() {
        Rule revoked = Records.rule("revoked", "restore-revoked-security-group-rules", Response.ALERT, Response.REVERT);
        CloudTrailRecord record = Records.call("ec2", "RevokeSecurityGroupIngress", """
                {"groupId":"sg-1","ipPermissions":{"items":[{"ipProtocol":"tcp","fromPort":22,"toPort":22,
                 "ipRanges":{"items":[{"cidrIp":"0.0.0.0/0"}]}}]}}""", """
                {"_return":true,"unknownIpPermissionSet":{"items":[{"ipProtocol":"tcp","fromPort":22,"toPort":22,
                 "ipRanges":{"items":[{"cidrIp":"0.0.0.0/0"}]}}]}}""");
        List<GroupRule> before = stage.aws.securityGroups().rules("sg-1");
        Answer answer = stage.responder().respond(new Detection(revoked, record), "one");
        assertEquals(Status.REFUSED, answer.outcomes().getFirst().status());
        assertEquals(before, stage.aws.securityGroups().rules("sg-1"));
    }

    /** What the call added is there, and the whole line answers what the catalogue found. */
    private Answer play(String file) throws IOException {
        Detection detection = only(event("matches", file));
        added(detection.record()).forEach(stage.aws.securityGroups()::put);
        return respond(detection);
    }

    private Answer respond(Detection detection) {
        stage.now = detection.record().eventTime().plusSeconds(4);
        return stage.responder().respond(detection, "one");
    }

    private static Detection only(JsonNode event) {
        List<Rule> found = matching(event);
        assertEquals(1, found.size(), event::toString);
        return new Detection(found.getFirst(), record(event));
    }

    private static List<Rule> matching(JsonNode event) {
        return RULES.match(event).stream()
                .map(RuleDefinition::rule)
                .filter(rule -> rule.id().equals(OPENED))
                .toList();
    }

    private static Stream<GroupRule> added(CloudTrailRecord record) {
        return Json.items(record.response().path("securityGroupRuleSet").path("items")).stream()
                .map(GroupRule::of);
    }

    private static CloudTrailRecord record(JsonNode event) {
        return CloudTrailRecord.of(event.path("detail"), "event");
    }

    private static JsonNode event(String folder, String file) throws IOException {
        return Json.read(Files.readString(EVENTS.resolve(folder).resolve(file + ".json")));
    }

    /** An AWS that refuses to have rules removed. */
    private record Denied(Aws real) implements ForwardingAws {
        @Override
        public SecurityGroups securityGroups() {
            record Groups(SecurityGroups real) implements ForwardingSecurityGroups {
                @Override
                public void revokeIngress(String groupId, Set<String> ruleIds) {
                    throw new IllegalStateException("UnauthorizedOperation");
                }
            }
            return new Groups(real.securityGroups());
        }
    }
}
