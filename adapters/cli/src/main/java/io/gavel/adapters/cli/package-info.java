/**
 * The {@code gavel} command: verbs, tables, progress, exit codes and texts in two languages. The one adapter that may
 * know the others.
 */
@NullMarked
package io.gavel.adapters.cli;

import org.jspecify.annotations.NullMarked;
