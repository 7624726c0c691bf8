package dev.backstop.functions.sdk;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.config.ConfigClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The SDK's clients for one Region, each built when it is first asked for and then kept: a function pays for what it
 * uses. Where no endpoint is given, the SDK's own settings ({@code AWS_ENDPOINT_URL} and so on) hold.
 */
public final class SdkClients {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration READ = Duration.ofSeconds(10);
    private static final Duration CALL = Duration.ofSeconds(30);
    /** A synchronous invocation answers when the function is done: longer than what stops a session takes to say so. */
    private static final Duration INVOCATION = Duration.ofSeconds(90);
    /** Longer than a function may take that a person waits for. */
    private static final Duration WAITING = Duration.ofMinutes(6);

    private final Region region;
    private final @Nullable URI endpoint;
    private final AwsCredentialsProvider credentials;
    private final Function<Duration, SdkHttpClient> transport;
    private final Map<String, SdkClients> elsewhere = new ConcurrentHashMap<>();
    private final Lazy<SdkHttpClient> http = new Lazy<>(() -> transport(READ));
    /** These are not of their own types: the functions that never ask for them are packed without their jars. */
    private final Lazy<SdkClient> ec2 = new Lazy<>(() -> ready(Ec2Client.builder()));

    private final Lazy<SdkClient> rds = new Lazy<>(() -> ready(RdsClient.builder()));
    private final Lazy<SdkClient> s3 = new Lazy<>(() -> ready(s3Builder()));
    private final Lazy<SdkClient> cloudTrail = new Lazy<>(() -> ready(CloudTrailClient.builder()));

    private final Lazy<IamClient> iam = new Lazy<>(() -> ready(IamClient.builder()));
    private final Lazy<DynamoDbClient> dynamoDb = new Lazy<>(() -> ready(DynamoDbClient.builder()));
    private final Lazy<SnsClient> sns = new Lazy<>(() -> ready(SnsClient.builder()));
    private final Lazy<EventBridgeClient> eventBridge = new Lazy<>(() -> ready(EventBridgeClient.builder()));
    private final Lazy<ConfigClient> config = new Lazy<>(() -> ready(ConfigClient.builder()));
    private final Lazy<StsClient> sts = new Lazy<>(() -> ready(StsClient.builder()));
    private final Lazy<LambdaClient> lambda = new Lazy<>(() -> lambda(INVOCATION));
    private final Lazy<LambdaClient> waiting = new Lazy<>(() -> lambda(WAITING));

    public SdkClients(Region region, @Nullable URI endpoint, AwsCredentialsProvider credentials) {
        this(region, endpoint, credentials, SdkClients::http);
    }

    private SdkClients(
            Region region,
            @Nullable URI endpoint,
            AwsCredentialsProvider credentials,
            Function<Duration, SdkHttpClient> transport) {
        this.region = region;
        this.endpoint = endpoint;
        this.credentials = credentials;
        this.transport = transport;
    }

    /** Clients that send nothing and are answered with next to nothing: to have the SDK's code loaded and warm. */
    public static SdkClients rehearsing(String region) {
        AwsCredentialsProvider nobody = StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none"));
        return new SdkClients(Region.of(region), null, nobody, _ -> new Rehearsal());
    }

    /** The clients for a Region, with the SDK's default credentials. */
    public static SdkClients of(String region, @Nullable URI endpoint) {
        return new SdkClients(
                Region.of(region),
                endpoint,
                DefaultCredentialsProvider.builder().build());
    }

    public Region region() {
        return region;
    }

    /** The clients for another Region with the same settings, kept as well; for this one, these. */
    public SdkClients in(String name) {
        return name.equals(region.id())
                ? this
                : elsewhere.computeIfAbsent(
                        name, other -> new SdkClients(Region.of(other), endpoint, credentials, transport));
    }

    public Ec2Client ec2() {
        return (Ec2Client) ec2.get();
    }

    public RdsClient rds() {
        return (RdsClient) rds.get();
    }

    public S3Client s3() {
        return (S3Client) s3.get();
    }

    public CloudTrailClient cloudTrail() {
        return (CloudTrailClient) cloudTrail.get();
    }

    /** IAM is global: the SDK finds its endpoint and signing Region from this Region's partition. */
    public IamClient iam() {
        return iam.get();
    }

    public DynamoDbClient dynamoDb() {
        return dynamoDb.get();
    }

    public SnsClient sns() {
        return sns.get();
    }

    public EventBridgeClient eventBridge() {
        return eventBridge.get();
    }

    public ConfigClient config() {
        return config.get();
    }

    public StsClient sts() {
        return sts.get();
    }

    public LambdaClient lambda() {
        return lambda.get();
    }

    /** One that waits for whatever a person waits for; what else is silent for so long is broken. */
    public LambdaClient waitingLambda() {
        return waiting.get();
    }

    private LambdaClient lambda(Duration longest) {
        return ready(LambdaClient.builder(), transport(longest), longest.plus(CONNECT));
    }

    /** Builds a client of any other service with the same settings. */
    public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C ready(B builder) {
        return ready(builder, http.get(), CALL);
    }

    private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C ready(
            B builder, SdkHttpClient transport, Duration timeout) {
        builder.region(region)
                .credentialsProvider(credentials)
                .httpClient(transport)
                .overrideConfiguration(
                        settings -> settings.retryStrategy(RetryMode.STANDARD).apiCallTimeout(timeout));
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        return builder.build();
    }

    /** A bucket's name before a local server's would be a host that does not resolve. */
    private S3ClientBuilder s3Builder() {
        return S3Client.builder().forcePathStyle(endpoint != null);
    }

    private SdkHttpClient transport(Duration read) {
        return transport.apply(read);
    }

    private static SdkHttpClient http(Duration read) {
        return UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(read)
                .build();
    }

    /** A value made once, when it is first needed. */
    private static final class Lazy<T> {
        private final Supplier<T> maker;
        private @Nullable T made;

        Lazy(Supplier<T> maker) {
            this.maker = maker;
        }

        synchronized T get() {
            T value = made;
            if (value == null) {
                value = maker.get();
                made = value;
            }
            return value;
        }
    }
}
