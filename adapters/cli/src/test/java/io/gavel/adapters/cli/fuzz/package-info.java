/**
 * Hostile bytes for every decoder. Each target of {@code FuzzTarget} says what must hold whatever comes in;
 * {@code FuzzCorpusTest} plays the committed corpus and seeded mutations of it in every build, and
 * {@code .ci/fuzz} lets Jazzer search behind it, guided by coverage.
 */
@NullMarked
package io.gavel.adapters.cli.fuzz;

import org.jspecify.annotations.NullMarked;
