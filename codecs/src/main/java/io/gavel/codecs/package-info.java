/**
 * The words of the house and their bytes: frames, checks on hostile input, decimal text, and the two ports through
 * which every owner of state saves and loads itself. Deterministic. Allocates nothing after start.
 */
@NullMarked
package io.gavel.codecs;

import org.jspecify.annotations.NullMarked;
