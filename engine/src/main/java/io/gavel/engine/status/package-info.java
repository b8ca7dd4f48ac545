/** What other processes can read about a running engine. */
@NullMarked
package io.gavel.engine.status;

import org.jspecify.annotations.NullMarked;
