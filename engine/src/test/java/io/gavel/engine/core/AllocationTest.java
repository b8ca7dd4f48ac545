package io.gavel.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.AdvanceTimeEncoder;
import io.gavel.codecs.sbe.ApproveEncoder;
import io.gavel.codecs.sbe.DepositEncoder;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.GrantKeyEncoder;
import io.gavel.codecs.sbe.GrowCapacityEncoder;
import io.gavel.codecs.sbe.HouseFund;
import io.gavel.codecs.sbe.QuarantineEncoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReviewEncoder;
import io.gavel.codecs.sbe.SelfExcludeEncoder;
import io.gavel.codecs.sbe.SetRiskLimitsEncoder;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * The core allocates nothing after warm-up, whatever the command. Method: random traffic of every kind is recorded
 * once as frames; the frames are applied to fresh machines, and the second half of them runs under the allocation
 * counter of this thread. What the first half may still do is grow a table to its working size. The least of the runs
 * counts: what a command allocates it allocates in each, while the virtual machine now and then does by itself.
 */
class AllocationTest {

  private static final int COMMANDS = 40_000;

  @Test
  void shouldAllocateNothingWhateverTheCommand() {
    assertAllocatesNothing(record());
  }

  @Test
  void shouldAllocateNothingWhileCommandsNeedKeys() {
    final List<byte[]> frames = new ArrayList<>();
    final Core core = Core.recording(Core.small(), frames);
    core.openSpot(50_000, 100_000, FeeAsset.QUOTE);
    final GuardedTraffic traffic = new GuardedTraffic(42, core);
    for (int i = 0; i < COMMANDS; i++) {
      traffic.next(core);
      core.take();
    }

    assertAllocatesNothing(frames);
    final Set<Integer> counted = templates(frames);
    for (int id = GrantKeyEncoder.TEMPLATE_ID; id <= ApproveEncoder.TEMPLATE_ID; id++) {
      assertTrue(counted.contains(id), "template " + id);
    }
  }

  @Test
  void shouldAllocateNothingUnderLimits() {
    final List<byte[]> frames = new ArrayList<>();
    final Core core = Core.recording(Core.small(), frames);
    core.openSpot(50_000, 100_000, FeeAsset.QUOTE);
    assertEquals(ReasonCode.OK, core.interest(Core.USD, i -> i.intervalNs(1_000_000_000L)));
    final LimitTraffic traffic = new LimitTraffic(42);
    for (int i = 0; i < COMMANDS; i++) {
      traffic.next(core);
      core.take();
    }

    assertAllocatesNothing(frames);
    final Set<Integer> counted = templates(frames);
    for (int id = SetRiskLimitsEncoder.TEMPLATE_ID; id <= SelfExcludeEncoder.TEMPLATE_ID; id++) {
      assertTrue(counted.contains(id), "template " + id);
    }
  }

  /** Orders that are worked over time, in every way there is, with firings that wait and that are looked at. */
  @Test
  void shouldAllocateNothingWhileOrdersAreWorked() {
    final List<byte[]> frames = new ArrayList<>();
    final Core core = Core.recording(Core.small(), frames);
    core.openSpot(0, 0, FeeAsset.QUOTE);
    final AlgoTrafficTest traffic = new AlgoTrafficTest();
    final Set<String> worked = new TreeSet<>();
    for (int i = 0; i < COMMANDS; i++) {
      traffic.next(core, 42_000 + i).stream().filter(line -> line.startsWith("algo "))
          .forEach(line -> worked.add(line.split(" ", -1)[2]));
    }

    assertEquals(7, worked.size(), worked.toString());
    assertAllocatesNothing(frames);
    assertTrue(templates(frames).contains(ReviewEncoder.TEMPLATE_ID));
  }

  @Test
  void shouldAllocateNothingWhileTradesAreKeptAndUndone() {
    final List<byte[]> frames = new ArrayList<>();
    final Core core = Core.recording(Core.small(), frames);
    core.openSpot(50_000, 100_000, FeeAsset.QUOTE);
    final RemedyDesk desk = new RemedyDesk(core);
    desk.trader(50, 1_000_000, 1_000_000_000);
    desk.trader(51, 1_000_000, 1_000_000_000);
    desk.fund(HouseFund.INSURANCE, Core.USD, 1_000_000);
    desk.keep(64);
    final SplittableRandom random = new SplittableRandom(42);
    long last = 0;
    for (int i = 0; i < COMMANDS / 4; i++) {
      last = desk.trade(50 + i % 2, 51 - i % 2, 900 + random.nextInt(200), 1 + random.nextInt(20));
      desk.bust(1 + random.nextLong(last));
      desk.adjust(Core.PAIR, Math.max(1, last - random.nextInt(60)), 900 + random.nextInt(200), c -> { });
      desk.compensate(50, i + 1, 1, 1_000_000, c -> { });
      core.take();
    }

    assertAllocatesNothing(frames);
  }

  private static void assertAllocatesNothing(final List<byte[]> frames) {
    final CoreConfig config = Core.small();
    final StateMachine[] machines = {new StateMachine(config), new StateMachine(config), new StateMachine(config)};
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[FrameDescriptor.FRAME_LENGTH_MAX]);
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    final long thread = Thread.currentThread().getId();
    long allocated = Long.MAX_VALUE;
    for (final StateMachine machine : machines) {
      int at = 0;
      for (; at < frames.size() / 2; at++) {
        apply(machine, buffer, frames.get(at));
      }
      final long before = threads.getThreadAllocatedBytes(thread);
      for (; at < frames.size(); at++) {
        apply(machine, buffer, frames.get(at));
      }
      allocated = Math.min(allocated, threads.getThreadAllocatedBytes(thread) - before);
    }

    assertEquals(machines[0].eventHash(), machines[2].eventHash());
    assertEquals(0, allocated, "bytes allocated by " + frames.size() / 2 + " commands");
  }

  /**
   * Every command but those about keys, record 1, those that open an asset, an instrument or an account, and the one
   * that makes room.
   */
  @Test
  void shouldHaveCountedEveryCommand() {
    final Set<Integer> counted = templates(record());
    final Set<Integer> expected = new TreeSet<>(Set.of(AdvanceTimeEncoder.TEMPLATE_ID));
    for (int id = DepositEncoder.TEMPLATE_ID; id <= QuarantineEncoder.TEMPLATE_ID; id++) {
      expected.add(id);
    }
    expected.remove(Integer.valueOf(GrowCapacityEncoder.TEMPLATE_ID));

    assertEquals(expected, counted);
  }

  private static Set<Integer> templates(final List<byte[]> frames) {
    final Set<Integer> counted = new TreeSet<>();
    for (final byte[] frame : frames.subList(frames.size() / 2, frames.size())) {
      counted.add(FrameFlyweight.templateIdOf(new UnsafeBuffer(frame), 0));
    }
    return counted;
  }

  private static void apply(final StateMachine machine, final UnsafeBuffer buffer, final byte[] frame) {
    buffer.putBytes(0, frame);
    boolean done = machine.apply(buffer, 0);
    machine.outbox().clear();
    while (!done) {
      done = machine.resume();
      machine.outbox().clear();
    }
  }

  private static List<byte[]> record() {
    final List<byte[]> frames = new ArrayList<>();
    final Core core = Core.recording(Core.small(), frames);
    core.openSpot(50_000, 100_000, FeeAsset.QUOTE);
    final RandomTraffic traffic = new RandomTraffic(42);
    for (int i = 0; i < COMMANDS; i++) {
      traffic.next(core);
      core.take();
    }
    return frames;
  }
}
