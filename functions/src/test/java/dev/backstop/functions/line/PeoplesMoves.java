package dev.backstop.functions.line;

import static dev.backstop.functions.line.ContestedGroup.ID;

import dev.backstop.core.Cidr;
import dev.backstop.core.GroupRule;
import java.util.List;
import java.util.function.Consumer;

/**
 * What people do to a group.
 *
 * @param group that they change
 */
record PeoplesMoves(ContestedGroup group) {
    void move() {
        List<GroupRule> own = group.live().stream()
                .filter(rule -> group.peoples.contains(rule.ruleId()))
                .toList();
        List<GroupRule> opened = group.live().stream()
                .filter(rule -> !group.wanted.containsKey(rule.ruleId()) && Cidr.isWorld(rule.peer()))
                .toList();
        List<GroupRule> missing = group.wanted.values().stream()
                .filter(rule -> group.peoples.contains(rule.ruleId())
                        && group.live().stream().noneMatch(rule::allowsSameAs))
                .toList();
        switch (group.upTo(7)) {
            case 0 -> orAdd(own, this::removes);
            case 1 -> orAdd(own, this::changes);
            case 2 -> orAdd(opened, this::removes);
            case 3 -> orAdd(opened, this::narrows);
            case 4 -> orAdd(missing, this::addsAgain);
            case 5 -> orAdd(own.stream().filter(group::isAsWanted).toList(), this::describes);
            default -> adds();
        }
        group.capture();
    }

    private void orAdd(List<GroupRule> candidates, Consumer<GroupRule> action) {
        if (candidates.isEmpty()) {
            adds();
        } else {
            action.accept(group.any(candidates));
        }
    }

    void adds() {
        String peer = group.oneIn(3) ? group.any(AgentMoves.WORLDS) : "198.51.100.0/24";
        boolean egress = group.oneIn(4);
        int port = group.peoplesPort();
        own(
                group.put(new GroupRule(group.fresh("sgr-"), ID, egress, "tcp", port, port, peer, "people-" + port)),
                "adds");
    }

    /** From now on that is theirs, whatever becomes of the one that the agent changed. */
    private void addsAgain(GroupRule lost) {
        group.peoples.remove(lost.ruleId());
        if (!group.isLive(lost)) {
            group.wanted.remove(lost.ruleId());
        }
        own(group.put(lost.withId(group.fresh("sgr-"))), "adds again");
    }

    private void changes(GroupRule rule) {
        int port = group.peoplesPort();
        own(
                group.put(new GroupRule(
                        rule.ruleId(), ID, rule.egress(), "tcp", port, port, "203.0.113.0/24", "people-" + port)),
                "changes");
    }

    private void describes(GroupRule rule) {
        GroupRule described = group.put(rule.describedAs(group.fresh("people-")));
        group.wanted.replaceAll(
                (_, other) -> other.allowsSameAs(rule) ? other.describedAs(described.description()) : other);
        own(described, "describes");
    }

    private void narrows(GroupRule rule) {
        group.adopted.add(rule.ruleId());
        changes(rule);
    }

    private void removes(GroupRule rule) {
        group.remove(rule);
        group.wanted.remove(rule.ruleId());
        group.peoples.remove(rule.ruleId());
        group.told("a person removes " + rule);
    }

    private void own(GroupRule rule, String what) {
        group.wanted.put(rule.ruleId(), rule);
        group.peoples.add(rule.ruleId());
        group.told("a person " + what + " " + rule);
        group.capture();
    }
}
