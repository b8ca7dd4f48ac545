package io.gavel.benchmarks.engine;

import io.gavel.codecs.CommandValidator;
import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.FrameChecksum;
import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.engine.core.Outbox;
import io.gavel.engine.core.StateMachine;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The core in a loop, without ring and journal: the frame is copied into one slot, as it would be into a ring's, gets
 * sequence and time, is applied, and every event is looked at. The checked run does what ingress and sequencer do, too:
 * it validates the bytes and stamps CRC32C and chain.
 */
final class CoreRun {

  private final Workload workload;
  private final boolean checked;
  private final CommandValidator validator = new CommandValidator();
  private final FrameChecksum checksum = new FrameChecksum();
  private final FrameFlyweight frame = new FrameFlyweight();
  private final UnsafeBuffer slot = new UnsafeBuffer(new byte[FrameDescriptor.FRAME_LENGTH_MAX]);
  private final CommandAnswerDecoder answer = new CommandAnswerDecoder();
  private final PlainCore founded;
  private final StateMachine machine;
  private long sequence;
  private long chain = FrameChecksum.CHAIN_SEED;
  private long events;
  private long refused;

  CoreRun(final Workload workload, final boolean checked) {
    this.workload = workload;
    this.checked = checked;
    founded = new PlainCore(workload.scale().config(), (buffer, offset, length) -> { });
    machine = founded.machine();
  }

  Figures run(final String name) {
    Founding.write(workload.scale(), founded);
    sequence = machine.sequence();
    final FrameTape.Cursor cursor = workload.tape().cursor();
    final Stopwatch watch = new Stopwatch(Thread.currentThread());
    send(cursor, workload.untimedFrames());
    final long eventsBefore = events;
    watch.start();
    send(cursor, workload.scale().commands());
    watch.stop();
    workload.verify(name, EndState.of(machine));
    return new Figures(name, workload.scale().commands(), watch.wallNs(), watch.cpuNs(), watch.bytes(),
        events - eventsBefore, refused);
  }

  private void send(final FrameTape.Cursor cursor, final long frames) {
    for (long i = 0; i < frames && cursor.next(); i++) {
      if (checked) {
        check(cursor);
      }
      slot.putBytes(0, cursor.buffer(), cursor.offset(), cursor.length());
      frame.wrap(slot, 0).sequence(++sequence).engineTimeNs(PlainCore.TIME_NS);
      if (checked) {
        stamp(cursor.length());
      }
      boolean done = machine.apply(slot, 0);
      drain();
      while (!done) {
        done = machine.resume();
        drain();
      }
    }
  }

  private void check(final FrameTape.Cursor cursor) {
    final ReasonCode reason = validator.validate(cursor.buffer(), cursor.offset(), cursor.length());
    if (ReasonCode.OK != reason) {
      throw new IllegalStateException("an invalid frame: " + reason);
    }
  }

  private void stamp(final int length) {
    final int crc = checksum.crc32c(slot, 0, length);
    chain = FrameChecksum.chain(chain, crc);
    frame.crc32c(crc).chain(chain);
  }

  private void drain() {
    final Outbox outbox = machine.outbox();
    final DirectBuffer box = outbox.buffer();
    final int end = outbox.position();
    for (int at = 0; at < end; at += box.getInt(at + EventDescriptor.LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN)) {
      events++;
      if (CommandAnswerDecoder.TEMPLATE_ID
          == box.getShort(at + EventDescriptor.TEMPLATE_ID_OFFSET, ByteOrder.LITTLE_ENDIAN)) {
        answer.wrap(box, at + EventDescriptor.HEADER_LENGTH, CommandAnswerDecoder.BLOCK_LENGTH,
            CommandAnswerDecoder.SCHEMA_VERSION);
        refused += ReasonCode.OK == answer.code() ? 0 : 1;
      }
    }
    outbox.clear();
  }
}
