/** What a replay found, as one page: counted while it is read, bounded whatever is found, and escaped throughout. */
@NullMarked
package dev.backstop.cli.report;

import org.jspecify.annotations.NullMarked;
