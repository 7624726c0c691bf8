package dev.backstop.remediations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Command;
import dev.backstop.core.Comparison;
import dev.backstop.core.Json;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.port.Aws;
import dev.backstop.core.port.Buckets.Acl;
import dev.backstop.core.port.Buckets.Grant;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives a bucket back the access control list it had.
 *
 * @param opened what the call granted to people whom nobody knows
 * @param made the whole list that the call set; null where the record does not say, and what it opened must do
 * @param previous the list before the call
 */
record RestoreBucketAcl(
        Resource resource, Set<Grant> opened, @Nullable Acl made, Acl previous) implements Step<Optional<Acl>> {
    @Override
    public String action() {
        return "s3:PutBucketAcl";
    }

    @Override
    public String summary() {
        return "put back the access control list of " + resource.id() + ": " + show(Optional.of(previous));
    }

    @Override
    public String command() {
        ObjectNode list = Json.object();
        list.putObject("Owner").put("ID", previous.owner());
        var grants = list.putArray("Grants");
        previous.grants().stream().sorted(Comparator.comparing(Grant::words)).forEach(grant -> {
            ObjectNode json = grants.addObject();
            json.putObject("Grantee")
                    .put("Type", grant.isGroup() ? "Group" : "CanonicalUser")
                    .put(grant.isGroup() ? "URI" : "ID", grant.grantee());
            json.put("Permission", grant.permission());
        });
        return Command.line(
                "aws",
                "s3api",
                "put-bucket-acl",
                "--region",
                resource.region(),
                "--bucket",
                resource.id(),
                "--access-control-policy",
                Json.write(list));
    }

    @Override
    public Optional<Acl> read(Aws aws) {
        return aws.buckets().acl(resource.id());
    }

    @Override
    public Comparison compare(Optional<Acl> live) {
        if (live.isEmpty()) {
            return new Comparison.NothingLeft("the bucket is gone");
        }
        if (live.get().grants().equals(previous.grants())) {
            return new Comparison.NothingLeft("the access control list is the previous one again");
        }
        boolean asMade = made == null
                ? live.get().open().equals(opened)
                : live.get().grants().equals(made.grants());
        return asMade
                ? new Comparison.AsExpected()
                : new Comparison.MustNot("somebody changed the access control list since");
    }

    @Override
    public void apply(Aws aws, Optional<Acl> live) {
        aws.buckets().putAcl(resource.id(), previous);
    }

    @Override
    public List<Step<?>> again(Optional<Acl> found) {
        return found.<List<Step<?>>>map(acl -> List.of(new RestoreBucketAcl(resource, previous.open(), previous, acl)))
                .orElse(List.of());
    }

    @Override
    public String show(Optional<Acl> state) {
        return state.map(acl -> acl.grants().stream().map(Grant::words).sorted().collect(Collectors.joining(", ")))
                .orElse("gone");
    }

    @Override
    public Duration settlesWithin() {
        return Duration.ofSeconds(5);
    }
}
