package dev.backstop.functions.line;

import dev.backstop.core.Cidr;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Json;
import dev.backstop.core.PriorState;
import dev.backstop.core.Records;
import dev.backstop.core.Resource;
import dev.backstop.core.memory.LocalAws;
import dev.backstop.core.memory.LocalHistory;
import dev.backstop.core.port.SecurityGroups.Group;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One security group that an agent and people change, and what is to be of it in the end. It keeps the baseline that the
 * guard asks for prior state: the group without what the agent's findings made of it, captured whenever that changes.
 */
final class ContestedGroup {
    static final String ID = "sg-1";
    /** The agent uses the ports from here on. */
    private static final int AGENT = 10_000;

    private static final Resource RESOURCE = new Resource("AWS::EC2::SecurityGroup", ID, "us-east-1", Records.ACCOUNT);

    final Stage stage = new Stage();
    final LocalAws aws = new LocalAws();
    final LocalHistory history = new LocalHistory();
    final List<String> story = new ArrayList<>();
    /** The rules that are to be there, by id; those that people made or changed are never to be lost. */
    final Map<String, GroupRule> wanted = new LinkedHashMap<>();

    final Set<String> peoples = new HashSet<>();
    /** What the agent added for the world and people made their own: nobody touches that again. */
    final Set<String> adopted = new HashSet<>();

    private final RandomGenerator random;
    private int made;

    ContestedGroup(RandomGenerator random) {
        this.random = random;
        aws.securityGroups().create(new Group(ID, "web", "of a test", "vpc-1"));
    }

    /** The guard's own writes are in the baseline at once: what it added since is what is to be there. */
    void guardWrote(List<GroupRule> before) {
        Set<String> ids = before.stream().map(GroupRule::ruleId).collect(Collectors.toSet());
        for (GroupRule rule : live()) {
            if (!ids.contains(rule.ruleId())) {
                wanted.values().stream()
                        .filter(lost -> lost.allowsSameAs(rule) && !isLive(lost))
                        .findFirst()
                        .ifPresent(lost -> {
                            wanted.remove(lost.ruleId());
                            if (peoples.remove(lost.ruleId())) {
                                peoples.add(rule.ruleId());
                            }
                        });
                wanted.put(rule.ruleId(), rule);
            }
        }
        // What people added again themselves they want once.
        wanted.values()
                .removeIf(rule -> !isLive(rule)
                        && wanted.values().stream().anyMatch(other -> isLive(other) && other.allowsSameAs(rule)));
        capture();
    }

    /** What is wrong with the group now; empty when all is well. */
    List<String> wrongs() {
        Stream<String> holes = live().stream()
                .filter(rule -> Cidr.isWorld(rule.peer()) && rule.fromPort() >= AGENT)
                .map(rule -> "the agent's " + rule.words() + " is left");
        Stream<String> losses = wanted.values().stream()
                .filter(rule -> peoples.contains(rule.ruleId()))
                .filter(rule -> live().stream()
                        .noneMatch(now -> now.allowsSameAs(rule)
                                && String.valueOf(now.description()).equals(String.valueOf(rule.description()))))
                .map(rule -> "people's " + rule + " is missing or altered");
        return Stream.concat(holes, losses).toList();
    }

    List<GroupRule> live() {
        return aws.securityGroups().rules(ID);
    }

    GroupRule put(GroupRule rule) {
        aws.securityGroups().put(rule);
        return rule;
    }

    void remove(GroupRule rule) {
        if (rule.egress()) {
            aws.securityGroups().revokeEgress(ID, Set.of(rule.ruleId()));
        } else {
            aws.securityGroups().revokeIngress(ID, Set.of(rule.ruleId()));
        }
    }

    boolean isLive(GroupRule rule) {
        return live().stream().anyMatch(now -> now.ruleId().equals(rule.ruleId()));
    }

    /** Whether a rule allows what people meant it to. */
    boolean isAsWanted(GroupRule rule) {
        GroupRule meant = wanted.get(rule.ruleId());
        return meant != null && meant.allowsSameAs(rule);
    }

    void capture() {
        String rules = wanted.values().stream()
                .map(rule -> rule.toJson().toString())
                .toList()
                .toString();
        String state = "{\"groupName\":\"web\",\"vpcId\":\"vpc-1\",\"securityGroupRules\":" + rules + "}";
        history.capture(RESOURCE, new PriorState(Json.read(state), tick(), "baseline"));
    }

    /** Nothing happens at the same instant. */
    Instant tick() {
        stage.pass(Duration.ofSeconds(1));
        return stage.now;
    }

    void told(String what) {
        story.add(stage.now + " " + what);
    }

    /** A new word that begins like this. */
    String fresh(String word) {
        return word + ++made;
    }

    int peoplesPort() {
        return ++made;
    }

    int agentsPort() {
        return AGENT + ++made;
    }

    <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** One time in so many. */
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    int upTo(int bound) {
        return random.nextInt(bound);
    }
}
