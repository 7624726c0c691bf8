/** What policies allow and deny, by an evaluator of IAM policies that we did not write. */
@NullMarked
package dev.backstop.core.iam;

import org.jspecify.annotations.NullMarked;
