package dev.backstop.core;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * About what launched capacity costs an hour: from the size and the family of a type, to tell ten dollars from a hundred
 * without a price list that would be out of date. On-demand list prices in us-east-1, rounded.
 */
public final class PriceClass {
    private static final Pattern TYPE =
            Pattern.compile("(?:db\\.|cache\\.|ml\\.)?([a-z]+)[0-9]*[a-z0-9-]*\\.([a-z0-9-]+)");
    private static final Pattern LARGE = Pattern.compile("([0-9]+)xlarge");

    /** An xlarge of a general family. */
    private static final double XLARGE = 0.19;

    /** A metal type is a whole host. */
    private static final double METAL = 24;

    private static final Map<String, Double> SMALL = Map.of(
            "nano", 1.0 / 32, "micro", 1.0 / 16, "small", 1.0 / 8, "medium", 1.0 / 4, "large", 1.0 / 2, "xlarge", 1.0);

    /** How many times as dear as a general type of the same size; families that are not here cost about the same. */
    private static final Map<String, Double> FAMILIES = Map.ofEntries(
            Map.entry("r", 1.3),
            Map.entry("x", 4.0),
            Map.entry("z", 2.0),
            Map.entry("i", 1.7),
            Map.entry("d", 1.5),
            Map.entry("u", 10.0),
            Map.entry("f", 8.0),
            Map.entry("g", 4.0),
            Map.entry("gr", 4.0),
            Map.entry("inf", 2.0),
            Map.entry("trn", 7.0),
            Map.entry("dl", 6.0),
            Map.entry("p", 11.0),
            Map.entry("mac", 1.0));

    /** A managed service's surcharge on the machine under it. */
    private static final double MANAGED = 1.8;

    private static final Set<String> DATABASES =
            Set.of("rds:CreateDBInstance", "rds:CreateDBInstanceReadReplica", "rds:RestoreDBInstanceFromDBSnapshot");

    private PriceClass() {}

    /** What a call launched costs an hour, about; 0 for calls that launch nothing of a known type, and for failed ones. */
    public static double dollarsAnHour(CloudTrailRecord record) {
        if (record.errorCode() != null) {
            return 0;
        }
        JsonNode request = record.request();
        String call = record.call();
        if (call.equals("ec2:RunInstances")) {
            List<String> types = Json.values(record.json(), "responseElements.instancesSet.items.instanceType");
            return types.stream().mapToDouble(PriceClass::of).sum();
        }
        if (DATABASES.contains(call)) {
            double machine = MANAGED * of(Json.text(request, "dBInstanceClass"));
            return request.path("multiAZ").asBoolean() ? 2 * machine : machine;
        }
        return switch (call) {
            case "elasticache:CreateReplicationGroup", "elasticache:CreateCacheCluster" ->
                count(request, "numCacheClusters", "numCacheNodes") * MANAGED * of(Json.text(request, "cacheNodeType"));
            case "redshift:CreateCluster" ->
                count(request, "numberOfNodes") * MANAGED * of(Json.text(request, "nodeType"));
            case "eks:CreateNodegroup" ->
                request.path("scalingConfig").path("desiredSize").asInt(1)
                        * Json.values(request, "instanceTypes").stream()
                                .mapToDouble(PriceClass::of)
                                .max()
                                .orElse(0);
            case "sagemaker:CreateNotebookInstance" -> MANAGED * of(Json.text(request, "instanceType"));
            default -> 0;
        };
    }

    /** Of one of a type; 0 where it is none. */
    static double of(@org.jspecify.annotations.Nullable String type) {
        Matcher matcher = TYPE.matcher(type == null ? "" : type);
        if (!matcher.matches()) {
            return 0;
        }
        String size = matcher.group(2);
        Matcher large = LARGE.matcher(size);
        double times = size.startsWith("metal")
                ? METAL
                : large.matches() ? Integer.parseInt(large.group(1)) : SMALL.getOrDefault(size, 0.0);
        return XLARGE * times * FAMILIES.getOrDefault(matcher.group(1), 1.0);
    }

    private static int count(JsonNode request, String... fields) {
        for (String field : fields) {
            if (request.has(field)) {
                return request.path(field).asInt(1);
            }
        }
        return 1;
    }
}
