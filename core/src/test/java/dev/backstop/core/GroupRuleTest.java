package dev.backstop.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupRuleTest {
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0/0, true",
        "0.0.0.0/1, true",
        "128.0.0.0/1, true",
        "208.236.235.254/0, true",
        "2.0.0.0/7, true",
        "10.0.0.0/8, false",
        "203.0.113.7/32, false",
        "::/0, true",
        "2000::/3, true",
        "fc00::/7, false",
        "2001:db8::/32, false",
        "sg-0a1b2c3d, false",
        "pl-0a1b2c3d, false",
        "0.0.0.0/33, false"
    })
    void theWorldIsWhatIsLargerThanAnyPrivateNetwork(String peer, boolean world) {
        assertEquals(world, Cidr.isWorld(peer));
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3/8, 10.0.0.0/8, true",
        "0:0:0:0:0:0:0:0/0, ::/0, true",
        "2001:DB8::1/32, 2001:db8::/32, true",
        "10.0.0.0/8, 10.0.0.0/9, false",
        "0.0.0.0/0, ::/0, false",
        "sg-1, sg-1, true",
        "sg-1, sg-2, false"
    })
    void peersAreComparedByWhoTheyAre(String one, String other, boolean same) {
        assertEquals(same, Cidr.same(one, other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/8", "10.0.0.0", "10.0.0.0/", "10.0.0.0/x", "10.0.0.0/33", "host.example/8"})
    void whatIsNoBlockIsNone(String text) {
        assertEquals(Optional.empty(), Cidr.of(text));
    }

    static Stream<GroupRule> everyKind() {
        return Stream.of("0.0.0.0/0", "::/0", "pl-0123", "sg-9")
                .flatMap(peer -> Stream.of(
                        new GroupRule("sgr-1", "sg-1", false, "tcp", 443, 443, peer, "the office"),
                        new GroupRule("sgr-2", "sg-1", true, "-1", -1, -1, peer, null)));
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void whatItWritesItReads(GroupRule rule) {
        assertEquals(rule, GroupRule.of(Json.read(Json.write(rule.toJson()))));
    }

    @Test
    void aRevokedRuleNamesTheOtherGroupInAnotherField() {
        String item = """
                {"securityGroupRuleId":"sgr-1","groupId":"sg-1","isEgress":false,"ipProtocol":"tcp","fromPort":22,
                 "toPort":22,"referencedGroupId":"sg-9"}""";
        assertEquals("sg-9", GroupRule.of(Json.read(item)).peer());
    }

    @Test
    void theUsualProtocolsHaveOneName() {
        List<GroupRule> rules = Stream.of("6", "TCP", "tcp")
                .map(protocol -> new GroupRule("", "sg-1", false, protocol, 1, 2, "10.0.0.0/8", ""))
                .toList();
        assertTrue(rules.stream().allMatch(rules.getFirst()::equals), rules::toString);
        assertEquals(-1, new GroupRule("", "sg-1", false, "all", 0, 65535, "10.0.0.0/8", null).fromPort());
    }

    @Test
    void idsAndDescriptionsDoNotDecideWhatARuleAllows() {
        GroupRule rule = new GroupRule("sgr-1", "sg-1", false, "tcp", 443, 443, "10.0.0.0/8", "a");
        assertTrue(rule.allowsSameAs(rule.withId("sgr-2").describedAs(null)));
        assertFalse(rule.allowsSameAs(new GroupRule("sgr-1", "sg-1", true, "tcp", 443, 443, "10.0.0.0/8", "a")));
        assertFalse(rule.allowsSameAs(new GroupRule("sgr-1", "sg-1", false, "tcp", 443, 444, "10.0.0.0/8", "a")));
    }
}
