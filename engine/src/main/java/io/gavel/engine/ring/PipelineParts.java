package io.gavel.engine.ring;

import io.gavel.engine.core.StateMachine;
import io.gavel.engine.egress.EventStage;
import io.gavel.engine.journal.DurabilityLevel;
import io.gavel.engine.journal.Journal;
import io.gavel.engine.journal.SpaceGuard;
import io.gavel.engine.status.EngineCounters;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.EpochNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Pipeline} is wired from.
 *
 * @param refused  refusals at ingress, counted by producers
 * @param batchMax frames that share one commit
 * @param space    watches the room for the journal; null: nobody does
 * @param onSpace  hears that the room ran short, or came back, once the core knows
 * @param onHalt   hears of the fault that stops the engine, once
 */
public record PipelineParts(
    CommandRing ring, EpochNanoClock clock, Journal journal, DurabilityLevel durability, StateMachine machine,
    EventStage events, EngineCounters counters, AtomicLong refused, int batchMax,
    @Nullable SpaceGuard space, SpaceListener onSpace, ErrorHandler onHalt) {
}
