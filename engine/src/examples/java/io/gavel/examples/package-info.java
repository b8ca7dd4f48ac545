/** Compiled examples; the README shows the first one. */
package io.gavel.examples;
