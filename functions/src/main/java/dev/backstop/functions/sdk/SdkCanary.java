package dev.backstop.functions.sdk;

import dev.backstop.core.AgentSession;
import dev.backstop.core.Heartbeat;
import dev.backstop.core.port.Canary;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.Tag;

/**
 * The canary role, assumed in STS as an agent's is, with tags and source identity; its harmless call is <a
 * href="https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html">GetAccountSettings</a>.
 *
 * @param endpoint of what its sessions call; null for AWS's own
 */
public record SdkCanary(
        SdkClients clients, String roleArn, @Nullable URI endpoint) implements Canary {
    /** The IAM actions that {@link #open} needs on the role. */
    public static final Set<String> ACTIONS = Set.of("sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity");

    /** The least that STS gives. */
    private static final int SECONDS = 900;

    private static final int FORBIDDEN = 403;

    @Override
    public CanarySession open(String sessionId) {
        Map<String, String> tags = Map.of("agent-session", sessionId, "developer", "backstop", "project", "drill");
        AssumeRoleResponse assumed = clients.sts().assumeRole(request -> request.roleArn(roleArn)
                .roleSessionName(sessionId)
                .sourceIdentity(sessionId)
                .durationSeconds(SECONDS)
                .transitiveTagKeys("agent-session")
                .tags(tags.entrySet().stream()
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList()));
        Credentials issued = assumed.credentials();
        AgentSession session = new AgentSession(
                sessionId,
                roleArn,
                sessionId,
                assumed.assumedRoleUser().assumedRoleId(),
                issued.accessKeyId(),
                sessionId,
                tags.get("developer"),
                tags.get("project"),
                Instant.now(),
                null);
        AwsSessionCredentials credentials =
                AwsSessionCredentials.create(issued.accessKeyId(), issued.secretAccessKey(), issued.sessionToken());
        return new Opened(
                session, new SdkClients(clients.region(), endpoint, StaticCredentialsProvider.create(credentials)));
    }

    private record Opened(AgentSession session, SdkClients own) implements CanarySession {
        @Override
        public boolean call() {
            try {
                own.lambda().getAccountSettings();
                return true;
            } catch (LambdaException e) {
                if (e.statusCode() == FORBIDDEN) {
                    return false;
                }
                throw e;
            }
        }

        @Override
        public void beat() {
            try {
                own.ec2().createSecurityGroup(request -> request.dryRun(true)
                        .groupName("backstop-heartbeat")
                        .description("A dry run that proves that Backstop hears it"));
                throw new IllegalStateException("EC2 did not take the dry run for one");
            } catch (Ec2Exception e) {
                if (!Heartbeat.ANSWERS.contains("Client." + e.awsErrorDetails().errorCode())) {
                    throw e;
                }
            }
        }
    }
}
