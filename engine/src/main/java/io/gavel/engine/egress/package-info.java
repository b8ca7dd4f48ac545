/** The way out: events leave here once their command is committed, and can be had again by replay. */
@NullMarked
package io.gavel.engine.egress;

import org.jspecify.annotations.NullMarked;
