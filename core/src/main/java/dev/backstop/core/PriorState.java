package dev.backstop.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * What a resource looked like before a call: what undoing the call goes back to. A state that an agent's call made and
 * that is still to be undone is none: of two such calls in a row the second would else be undone into the first.
 *
 * <p>The configuration has the shape of an AWS Config configuration item's {@code configuration}, with what Config does
 * not record added where a source of our own knows it:
 *
 * <table>
 * <caption>What remediations read</caption>
 * <tr><td>{@code AWS::EC2::SecurityGroup}</td><td>{@code groupName}, {@code description}, {@code vpcId}; {@code
 *     ipPermissions} and {@code ipPermissionsEgress} as Config has them. Added: {@code securityGroupRules}, a list of
 *     <em>all</em> rules of both directions whose former values are known, each as {@link GroupRule#toJson} writes it, which is how EC2's
 *     DescribeSecurityGroupRules returns them in CloudTrail's spelling. It is preferred, since it has rule ids. {@code
 *     unknownSecurityGroupRules}, ids of rules of which nothing is known.</td></tr>
 * <tr><td>{@code AWS::EC2::Instance}</td><td>{@code instanceType}, {@code imageId}, {@code keyName}, {@code subnetId},
 *     {@code sourceDestCheck}, {@code iamInstanceProfile.arn}, {@code metadataOptions}, {@code
 *     networkInterfaces[].{networkInterfaceId, sourceDestCheck, groups[].groupId}}, {@code securityGroups[].groupId},
 *     {@code blockDeviceMappings[].{deviceName, ebs.{volumeId, deleteOnTermination}}}, {@code tags[].{key, value}}.
 *     Added: {@code disableApiTermination}, {@code disableApiStop} (true or false), {@code
 *     instanceInitiatedShutdownBehavior}. A list may be empty and {@code iamInstanceProfile} null; where they are
 *     missing, nothing is known.</td></tr>
 * <tr><td>{@code AWS::EC2::NetworkInterface}</td><td>{@code groups[].groupId}, {@code sourceDestCheck}</td></tr>
 * <tr><td>all others</td><td>as Config has it; the item's {@code supplementaryConfiguration}, where it has one, under that
 *     name and its JSON parsed</td></tr>
 * </table>
 *
 * @param configuration in the shape above
 * @param capturedAt when it looked like that; always before the call
 * @param source where it is known from, for people: {@code baseline} or {@code config}
 */
public record PriorState(JsonNode configuration, Instant capturedAt, String source) {}
