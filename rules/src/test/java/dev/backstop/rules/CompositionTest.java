package dev.backstop.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstop.core.AgentSelector.Account;
import dev.backstop.core.EventEnvelope;
import dev.backstop.core.Json;
import dev.backstop.core.Records;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompositionTest {
    /** With 80 and 443 allowed: only TCP on exactly one of them stays silent. */
    @ParameterizedTest
    @CsvSource({
        "tcp,443,443,false",
        "tcp,80,80,false",
        "tcp,80,443,true",
        "tcp,443,444,true",
        "tcp,22,22,true",
        "tcp,442,443,true",
        "udp,443,443,true",
        "-1,-1,-1,true"
    })
    void allowedPortsAreExact(String protocol, int from, int to, boolean matches) {
        Configuration webOnly = Configuration.of(Json.read("{\"allowedTcpPorts\":[80,443]}"), "test");
        PatternMatcher matcher = new PatternMatcher(RuleBook.catalogue(webOnly, TestRemediations.IDS), Account.ANY);
        String item = """
                {"securityGroupRuleId":"sgr-1","groupId":"sg-1","isEgress":false,"ipProtocol":"%s",
                 "fromPort":%d,"toPort":%d,"cidrIpv4":"0.0.0.0/0"}""".formatted(protocol, from, to);
        var event = EventEnvelope.around(Records.authorized("[" + item + "]"));
        assertEquals(matches, !matcher.match(event).isEmpty());
        String rule = """
                {"IpProtocol":"%s","FromPort":%d,"ToPort":%d,"CidrIpv4":"0.0.0.0/0"}""".formatted(protocol, from, to);
        assertEquals(matches, matchesChanged(matcher, "{\"SecurityGroupRule\":" + rule + "}"));
        assertEquals(
                matches,
                matchesChanged(
                        matcher,
                        "[{\"SecurityGroupRule\":{\"IpProtocol\":\"tcp\",\"FromPort\":22,\"ToPort\":22,\"CidrIpv4\":\"10.0.0.0/8\"}},"
                                + "{\"SecurityGroupRule\":" + rule + "}]"));
    }

    @Test
    void asManyPortsAsMayBeConfiguredFitIntoAPattern() {
        Configuration most =
                Configuration.of(Json.read("{\"allowedTcpPorts\":[65531,65532,65533,65534,65535]}"), "test");
        assertFalse(RuleBook.catalogue(most, TestRemediations.IDS).definitions().isEmpty());
    }

    @Test
    void aChangedRuleThatDoesNotSayItsProtocolIsOutsideToo() {
        Configuration web = Configuration.of(Json.read("{\"allowedTcpPorts\":[443]}"), "test");
        PatternMatcher matcher = new PatternMatcher(RuleBook.catalogue(web, TestRemediations.IDS), Account.ANY);
        assertTrue(matchesChanged(matcher, "{\"SecurityGroupRule\":{\"CidrIpv6\":\"::/0\"}}"));
    }

    private static boolean matchesChanged(PatternMatcher matcher, String rules) {
        var call = Records.call(
                "ec2",
                "ModifySecurityGroupRules",
                "{\"ModifySecurityGroupRulesRequest\":{\"GroupId\":\"sg-1\",\"SecurityGroupRule\":" + rules + "}}",
                "null");
        return !matcher.match(EventEnvelope.around(call)).isEmpty();
    }

    /** One item on an allowed port and another open to a private range do not add up to a finding. */
    @Test
    void conditionsHoldWithinOneItem() {
        Configuration web = Configuration.of(Json.read("{\"allowedTcpPorts\":[443]}"), "test");
        PatternMatcher matcher = new PatternMatcher(RuleBook.catalogue(web, TestRemediations.IDS), Account.ANY);
        String items = Records.item("sgr-1", 443, "0.0.0.0/0") + "," + Records.item("sgr-2", 22, "10.0.0.0/16");
        var event = EventEnvelope.around(Records.authorized("[" + items + "]"));
        assertEquals(0, matcher.match(event).size());
    }

    @Test
    void aDeployedPatternNamesOneAccountByPrefixAlone() {
        RuleBook book = RuleBook.catalogue(Configuration.DEFAULT, TestRemediations.IDS);
        for (ComposedRule rule : book.composedFor(new Account("aws", "111122223333"))) {
            String pattern = Json.write(rule.pattern());
            assertTrue(pattern.contains("{\"prefix\":\"arn:aws:iam::111122223333:role/agent-\"}"), pattern);
            String caller = Json.write(rule.pattern().at("/detail/userIdentity"));
            assertTrue(!caller.contains("wildcard"), pattern);
        }
    }
}
