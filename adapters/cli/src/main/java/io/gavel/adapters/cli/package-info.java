/** The gavel command. */
@NullMarked
package io.gavel.adapters.cli;

import org.jspecify.annotations.NullMarked;
