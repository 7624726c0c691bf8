package dev.backstop.remediations;

import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Attachments.Holder;
import dev.backstop.core.port.Aws;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes a user that a call created useless: its access keys inactive, no password, and where asked for no rights either.
 * The user itself stays, as evidence.
 *
 * @param userId its unique id; null where the record does not hold it
 * @param strip whether policies and group memberships go as well
 */
record DisableUser(Resource resource, @Nullable String userId, boolean strip) implements Step<DisableUser.Live> {
    /** What the user is, has and may do. */
    record Live(
            Optional<String> id,
            Set<String> activeKeys,
            boolean password,
            Set<String> attached,
            Set<String> policies,
            Set<String> groups) {
        static final Live GONE = new Live(Optional.empty(), Set.of(), false, Set.of(), Set.of(), Set.of());
    }

    @Override
    public String action() {
        return "iam:UpdateAccessKey";
    }

    @Override
    public String summary() {
        return strip
                ? "take user " + resource.id() + " its keys, password, policies and groups"
                : "switch off the keys of user " + resource.id() + " and take its password away";
    }

    @Override
    public String command() {
        return Command.line("aws", "iam", "delete-login-profile", "--user-name", resource.id()) + "; "
                + Command.line("aws", "iam", "list-access-keys", "--user-name", resource.id());
    }

    @Override
    public Live read(Aws aws) {
        String name = resource.id();
        Optional<String> id = aws.users().id(name);
        if (id.isEmpty()) {
            return Live.GONE;
        }
        Set<String> active = aws.accessKeys().of(name).entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
        boolean password = aws.users().passwordSince(name).isPresent();
        return strip
                ? new Live(
                        id,
                        active,
                        password,
                        aws.attachments().of(Holder.user(name)),
                        aws.users().policies(name),
                        aws.users().groups(name))
                : new Live(id, active, password, Set.of(), Set.of(), Set.of());
    }

    @Override
    public Comparison compare(Live live) {
        if (live.id().isEmpty()) {
            return new Comparison.NothingLeft("the user is gone");
        }
        if (userId != null && !live.id().get().equals(userId)) {
            return new Comparison.MustNot("somebody deleted that user and created another of its name since");
        }
        return has(live).isEmpty()
                ? new Comparison.NothingLeft(
                        "nobody can sign in as the user" + (strip ? ", and it may do nothing" : ""))
                : new Comparison.AsExpected();
    }

    @Override
    public void apply(Aws aws, Live live) {
        String name = resource.id();
        live.activeKeys().forEach(key -> aws.accessKeys().activate(name, key, false));
        if (live.password()) {
            aws.users().deletePassword(name);
        }
        live.attached().forEach(policy -> aws.attachments().detach(Holder.user(name), policy));
        live.policies().forEach(policy -> aws.users().deletePolicy(name, policy));
        live.groups().forEach(group -> aws.users().leave(name, group));
    }

    @Override
    public String show(Live live) {
        if (live.id().isEmpty()) {
            return "gone";
        }
        List<String> has = has(live);
        return has.isEmpty() ? "nothing that lets it in" : String.join(", ", has);
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(10);
    }

    private static List<String> has(Live live) {
        List<String> parts = new ArrayList<>();
        live.activeKeys().forEach(key -> parts.add("active key " + key));
        if (live.password()) {
            parts.add("a password");
        }
        live.attached().stream().sorted().forEach(policy -> parts.add(policy));
        live.policies().stream().sorted().forEach(policy -> parts.add("policy " + policy));
        live.groups().stream().sorted().forEach(group -> parts.add("group " + group));
        return parts;
    }
}
