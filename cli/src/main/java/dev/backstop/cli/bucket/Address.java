package dev.backstop.cli.bucket;

import dev.backstop.core.BadInputException;

/** {@code s3://bucket/prefix}, as the AWS command line writes it. */
record Address(String bucket, String prefix) {
    static final String SCHEME = "s3://";

    static Address of(String url) {
        String rest = url.substring(SCHEME.length());
        int slash = rest.indexOf('/');
        String bucket = slash < 0 ? rest : rest.substring(0, slash);
        if (!bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
            throw new BadInputException(
                    url, "bucket", "is no name of a bucket: expected s3://BUCKET or s3://BUCKET/PREFIX");
        }
        return new Address(bucket, slash < 0 ? "" : rest.substring(slash + 1));
    }

    String url(String key) {
        return SCHEME + bucket + "/" + key;
    }
}
