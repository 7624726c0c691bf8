/** The ports of {@link dev.backstop.core.port} over the AWS SDK: the only code of Backstop that calls AWS. */
@NullMarked
package dev.backstop.functions.sdk;

import org.jspecify.annotations.NullMarked;
