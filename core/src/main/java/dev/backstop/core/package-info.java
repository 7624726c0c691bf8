/** The types one record turns into on its way, and what every remediation implements. Nothing here does I/O. */
@NullMarked
package dev.backstop.core;

import org.jspecify.annotations.NullMarked;
