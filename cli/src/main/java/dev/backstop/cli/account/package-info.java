/** The user's own AWS account, and what of Backstop is deployed in it. */
@NullMarked
package dev.backstop.cli.account;

import org.jspecify.annotations.NullMarked;
