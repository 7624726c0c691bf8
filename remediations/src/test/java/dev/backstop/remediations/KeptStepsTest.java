package dev.backstop.remediations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.backstop.core.Comparison;
import dev.backstop.core.GroupRule;
import dev.backstop.core.Json;
import dev.backstop.core.Records;
import dev.backstop.core.Resource;
import dev.backstop.core.Step;
import dev.backstop.core.memory.LocalAws;
import dev.backstop.core.port.Attachments.Holder;
import dev.backstop.core.port.Buckets.Acl;
import dev.backstop.core.port.Buckets.Block;
import dev.backstop.core.port.Buckets.Grant;
import dev.backstop.core.port.Databases.Setting;
import dev.backstop.core.port.Instances.Attribute;
import dev.backstop.core.port.SecurityGroups.Group;
import dev.backstop.core.port.Watchers.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What makes a change again: kept as text, and never over what somebody did since. That it fits each revert, all their tests hold. */
class KeptStepsTest {
    private static final Resource BUCKET = of("AWS::S3::Bucket", "invoices");
    private final LocalAws aws = new LocalAws();

    @Test
    void aNoteOfAnotherVersionIsSaidToBeOne() {
        String message = String.valueOf(assertThrows(
                        IllegalArgumentException.class,
                        () -> KeptSteps.read("[{\"kind\":\"ShareDisk\",\"fields\":{}}]"))
                .getMessage());
        assertTrue(message.contains("this version of Backstop has no step \"ShareDisk\""), message);
        String kept = KeptSteps.write(List.of(new StartInstance(of("AWS::EC2::Instance", "i-1"))));
        assertThrows(
                IllegalArgumentException.class,
                () -> KeptSteps.read(kept.replace("\"fields\":{", "\"fields\":{\"a\":1,")));
    }

    @Test
    void everyKindComesBackAsItWasAndNoneWithAFieldMissing() {
        List<Step<?>> all = oneOfEachKind();
        assertEquals(
                KeptSteps.KINDS.keySet(),
                all.stream().map(step -> step.getClass().getSimpleName()).collect(Collectors.toSet()));
        assertEquals(all, KeptSteps.read(KeptSteps.write(all)));
        for (Step<?> step : all) {
            String kept = KeptSteps.write(List.of(step));
            for (var component : step.getClass().getRecordComponents()) {
                JsonNode note = Json.read(kept);
                assertNotNull(((ObjectNode) note.path(0).path("fields")).remove(component.getName()), kept);
                assertThrows(
                        IllegalArgumentException.class, () -> KeptSteps.read(Json.write(note)), component::toString);
            }
        }
    }

    private static List<Step<?>> oneOfEachKind() {
        Resource group = of("AWS::EC2::SecurityGroup", "sg-1");
        Resource instance = of("AWS::EC2::Instance", "i-1");
        Resource card = of("AWS::EC2::NetworkInterface", "eni-1");
        Resource user = of("AWS::IAM::User", "ci");
        GroupRule rule = new GroupRule("sgr-1", "sg-1", true, "tcp", 443, 443, "0.0.0.0/0", null);
        ModifiedRule modified = new ModifiedRule(rule, rule);
        Optional<PolicyDocument> policy = PolicyDocument.read("{\"Statement\":[]}");
        Grant grant = new Grant("us", "READ");
        return List.of(
                new RevokeGroupRules(group, true, List.of(rule)),
                new PutBackRules(group, true, List.of(rule), null),
                new RestoreRuleValues(group, List.of(modified)),
                new RedescribeRules(group, true, List.of(modified)),
                new SetInstanceAttribute(instance, Attribute.SOURCE_DEST_CHECK, null, "true"),
                new SetMetadataOptions(instance, Map.of("httpTokens", "optional"), Map.of("httpTokens", "required")),
                new SetInterfaceGroups(card, Set.of("sg-1"), Set.of("sg-2")),
                new SetInterfaceCheck(card, true, false),
                new SetInstanceProfile(instance, "arn:a", "arn:b", true),
                new StopInstance(instance, true),
                new StartInstance(instance),
                new ChangeInstanceType(instance, "t3.micro", "m5.large", true, true),
                new RestoreBucketPolicy(BUCKET, Optional.empty(), policy),
                new RestoreBucketAcl(BUCKET, Set.of(grant), null, new Acl("us", Set.of(grant))),
                new SetBucketBlock(BUCKET, Set.of(), Block.all()),
                new RestoreDatabaseSetting(of("AWS::RDS::DBInstance", "db"), Setting.CLASS, "a", null),
                new SwitchAccessKey(user, "AKIA1", true),
                new ChangeAttachment(user, Holder.user("ci"), "arn:p", true, true),
                new RestoreInlinePolicy(user, "inline", policy, Optional.empty()));
    }

    @Test
    void aPolicyThatSomebodySetSinceIsNotOverwritten() {
        aws.buckets().create("invoices");
        Optional<PolicyDocument> open = PolicyDocument.read("{\"Statement\":[{\"Principal\":\"*\"}]}");
        RestoreBucketPolicy step = new RestoreBucketPolicy(BUCKET, open, Optional.empty());
        aws.buckets().putPolicy("invoices", open.orElseThrow().text());
        List<Step<?>> again = step.again(Steps.make(step, aws));
        assertEquals(again, KeptSteps.read(KeptSteps.write(again)));
        aws.buckets().putPolicy("invoices", "{\"Statement\":[]}");
        assertEquals("somebody set another policy since", Steps.mustNot(again.getFirst(), aws));
    }

    @Test
    void anAccessControlListThatSomebodyChangedSinceIsNotOverwritten() {
        Acl before = new Acl("us", Set.of(new Grant("us", "FULL_CONTROL")));
        Grant everybody = new Grant(Grant.EVERYBODY, "READ");
        Acl opened = new Acl("us", Set.of(new Grant("us", "FULL_CONTROL"), everybody));
        RestoreBucketAcl step = new RestoreBucketAcl(BUCKET, Set.of(everybody), null, before);
        Step<?> again = step.again(Optional.of(opened)).getFirst();
        aws.buckets().create("invoices");
        aws.buckets().putAcl("invoices", before);
        assertInstanceOf(Comparison.AsExpected.class, Steps.compare(again, aws));
        aws.buckets().putAcl("invoices", new Acl("us", Set.of(new Grant("them", "READ"))));
        assertEquals("somebody changed the access control list since", Steps.mustNot(again, aws));
    }

    @Test
    void aGroupThatIsGoneIsNotMadeAgain() {
        GroupRule rule = new GroupRule("sgr-1", "sg-1", false, "tcp", 443, 443, "0.0.0.0/0", null);
        aws.securityGroups().create(new Group("sg-1", "web", "vpc-1", "of the test"));
        aws.securityGroups().put(rule);
        RevokeGroupRules step = new RevokeGroupRules(of("AWS::EC2::SecurityGroup", "sg-1"), false, List.of(rule));
        Step<?> again = step.again(Steps.make(step, aws)).getFirst();
        aws.securityGroups().delete("sg-1");
        assertEquals("the group is gone", Steps.mustNot(again, aws));
    }

    @Test
    void whatNobodyShouldBeAbleToAskOfTheGuardHasNoOpposite() {
        Resource user = of("AWS::IAM::User", "ci");
        assertEquals(List.of(), new ChangeAttachment(user, Holder.user("ci"), "arn:p", false, true).again(Set.of()));
        assertEquals(
                List.of(), new StartAgain(of("AWS::CloudTrail::Trail", "main"), Kind.TRAIL).again(Optional.of(false)));
        assertEquals(List.of(), new TerminateInstance(of("AWS::EC2::Instance", "i-1")).again(Optional.empty()));
    }

    private static Resource of(String type, String id) {
        return new Resource(type, id, "us-east-1", Records.ACCOUNT);
    }
}
