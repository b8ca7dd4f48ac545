/** The words of the tool, in English and in Chinese. */
@NullMarked
package io.gavel.adapters.cli.text;

import org.jspecify.annotations.NullMarked;
