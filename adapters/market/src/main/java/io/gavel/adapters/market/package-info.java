/** Tapes that are order by order: order flows, replayed through the book as shipped, and captures of venues. */
@NullMarked
package io.gavel.adapters.market;

import org.jspecify.annotations.NullMarked;
