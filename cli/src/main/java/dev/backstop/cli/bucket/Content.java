package dev.backstop.cli.bucket;

import dev.backstop.cli.input.Source;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/** One object's bytes, from memory where they were kept, else as they come over the network. */
final class Content implements Source.Content {
    /** What is larger is streamed: a log file of CloudTrail's has some hundred kilobytes. */
    private static final long SMALL = 4L << 20;

    private final S3Client s3;
    private final Address address;
    private final String key;
    private final String eTag;
    private final long size;
    private final Keeping keeping;
    private volatile byte @Nullable [] kept;

    Content(S3Client s3, Address address, String key, String eTag, long size, Keeping keeping) {
        this.s3 = s3;
        this.address = address;
        this.key = key;
        this.eTag = eTag;
        this.size = size;
        this.keeping = keeping;
    }

    @Override
    public InputStream open() throws IOException {
        byte[] known = kept;
        if (known != null) {
            return new ByteArrayInputStream(known);
        }
        InputStream stream = new Resumed(this::from, size);
        if (size > SMALL || !keeping.take(size)) {
            return stream;
        }
        try (stream) {
            byte[] all = stream.readAllBytes();
            kept = all;
            return new ByteArrayInputStream(all);
        }
    }

    /** The rest of the object from a byte on; the object must still be the one that was listed. */
    private InputStream from(long offset) {
        try {
            return s3.getObject(GetObjectRequest.builder()
                    .bucket(address.bucket())
                    .key(key)
                    .ifMatch(eTag)
                    .range(offset == 0 ? null : "bytes=" + offset + "-")
                    .build());
        } catch (SdkException e) {
            throw Problem.reading(address.url(key), address, e);
        }
    }
}
