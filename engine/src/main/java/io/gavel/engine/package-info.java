/** The embedding face: launch an engine, send typed commands, receive events. */
@NullMarked
package io.gavel.engine;

import org.jspecify.annotations.NullMarked;
