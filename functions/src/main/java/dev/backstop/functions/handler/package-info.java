/** The Lambda functions: each reads its input, asks the line, writes its answer, and lets every error escape. */
@NullMarked
package dev.backstop.functions.handler;

import org.jspecify.annotations.NullMarked;
