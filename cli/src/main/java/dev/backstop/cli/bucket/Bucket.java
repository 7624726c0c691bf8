package dev.backstop.cli.bucket;

import dev.backstop.cli.input.Inputs;
import dev.backstop.cli.input.Period;
import dev.backstop.cli.input.Source;
import dev.backstop.core.BadInputException;
import dev.backstop.functions.sdk.SdkClients;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Finds the log files under an address. Reads nothing but names and objects, and writes nothing. */
public final class Bucket {
    /** Any Region does to begin with: the client follows a bucket to its own. */
    private static final String SOME_REGION = "us-east-1";

    private final S3Client s3;
    private final Address address;
    private final Days days;
    private final Keeping keeping = new Keeping();
    private final List<Source> found = new ArrayList<>();

    private Bucket(S3Client s3, Address address, Days days) {
        this.s3 = s3;
        this.address = address;
        this.days = days;
    }

    /**
     * The log files under an address, less those whose day is outside the period.
     *
     * @param url {@code s3://bucket/prefix}
     * @throws BadInputException when there are none, or when the bucket cannot be listed
     */
    public static List<Source> list(String url, Period period) {
        Address address = Address.of(url);
        S3Client s3 = SdkClients.of(region(), null).ready(S3Client.builder().crossRegionAccessEnabled(true));
        return new Bucket(s3, address, new Days(period)).list(url);
    }

    private List<Source> list(String url) {
        try {
            // A flat listing names a thousand objects a request. Folders are worth a request each where most are
            // skipped.
            boolean flat = days.period().equals(Period.ALWAYS);
            Deque<String> prefixes = new ArrayDeque<>(List.of(address.prefix()));
            for (String prefix = prefixes.poll(); prefix != null; prefix = prefixes.poll()) {
                list(prefix, flat, prefixes);
            }
        } catch (SdkException e) {
            throw Problem.listing(url, address, e);
        }
        if (found.isEmpty()) {
            throw new BadInputException(
                    url,
                    "prefix",
                    "no object under it ends in " + String.join(", ", Inputs.ENDINGS)
                            + (days.period().equals(Period.ALWAYS) ? "" : " and is of that time"));
        }
        return found;
    }

    private void list(String prefix, boolean flat, Deque<String> folders) {
        ListObjectsV2Request request = ListObjectsV2Request.builder()
                .bucket(address.bucket())
                .prefix(prefix)
                .delimiter(flat ? null : "/")
                .build();
        for (ListObjectsV2Response page : s3.listObjectsV2Paginator(request)) {
            page.commonPrefixes().stream()
                    .map(folder -> folder.prefix())
                    .filter(folder -> Inputs.isMeant(folder) && days.mayHold(folder))
                    .forEach(folders::add);
            page.contents().forEach(this::add);
        }
    }

    private void add(S3Object object) {
        String key = object.key();
        boolean chosen = key.equals(address.prefix());
        if (object.size() > 0 && (chosen || (Inputs.isMeant(key) && Inputs.isRecords(key) && days.mayHold(key)))) {
            found.add(new Source(
                    address.url(key),
                    chosen,
                    object.size(),
                    new Content(s3, address, key, object.eTag(), object.size(), keeping)));
        }
    }

    private static String region() {
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion().id();
        } catch (SdkClientException _) {
            return SOME_REGION;
        }
    }
}
