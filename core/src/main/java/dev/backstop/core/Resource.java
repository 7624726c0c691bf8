package dev.backstop.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A thing in an account that a call changed.
 *
 * @param type the CloudFormation type, which AWS Config uses too: {@code AWS::EC2::SecurityGroup}
 * @param id the id or name, unique for its type in account and Region
 */
public record Resource(String type, String id, String region, String account) {
    /**
     * An IAM role; IAM is global, and its calls are recorded in us-east-1.
     *
     * @param arn with its path
     */
    public static Resource role(String arn) {
        String account = arn.split(":", 6)[4];
        return new Resource("AWS::IAM::Role", arn.substring(arn.lastIndexOf('/') + 1), "us-east-1", account);
    }

    /** The key prior state and breakers are kept under. */
    public String key() {
        return account + "/" + region + "/" + type + "/" + id;
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("type", type);
        json.put("id", id);
        json.put("region", region);
        json.put("account", account);
        return json;
    }

    /** Reads what {@link #toJson} wrote. */
    public static Resource of(JsonNode json) {
        return new Resource(
                json.path("type").asText(),
                json.path("id").asText(),
                json.path("region").asText(),
                json.path("account").asText());
    }

    /** The address of the resource in the AWS console, or null for types without a stable one. */
    public @Nullable String consoleLink() {
        String id = encoded(this.id);
        String console = "https://" + region + ".console.aws.amazon.com/";
        return switch (type) {
            case "AWS::EC2::SecurityGroup" -> console + "ec2/home?region=" + region + "#SecurityGroup:groupId=" + id;
            case "AWS::EC2::Instance" -> console + "ec2/home?region=" + region + "#InstanceDetails:instanceId=" + id;
            case "AWS::RDS::DBInstance" ->
                console + "rds/home?region=" + region + "#database:id=" + id + ";is-cluster=false";
            case "AWS::Lambda::Function" -> console + "lambda/home?region=" + region + "#/functions/" + id;
            case "AWS::S3::Bucket" -> "https://s3.console.aws.amazon.com/s3/buckets/" + id;
            case "AWS::IAM::Role" -> "https://console.aws.amazon.com/iam/home#/roles/details/" + id;
            case "AWS::IAM::User" -> "https://console.aws.amazon.com/iam/home#/users/details/" + id;
            default -> null;
        };
    }

    /** An agent may have chosen it, and must not choose where the link leads. */
    private static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
