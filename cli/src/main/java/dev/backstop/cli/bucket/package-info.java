/** CloudTrail's records where a trail puts them: in a bucket, read without a copy on disk. */
@NullMarked
package dev.backstop.cli.bucket;

import org.jspecify.annotations.NullMarked;
