package io.gavel.engine.snapshot;

import io.gavel.codecs.StateOwner;
import io.gavel.codecs.Text32;
import io.gavel.codecs.sbe.EngineConfigEncoder;
import io.gavel.codecs.sbe.MessageHeaderEncoder;
import io.gavel.codecs.sbe.PriceUnit;
import io.gavel.codecs.sbe.SectionBeginEncoder;
import io.gavel.codecs.sbe.SectionBlockEncoder;
import io.gavel.codecs.sbe.SectionEndEncoder;
import io.gavel.codecs.sbe.SectionKind;
import io.gavel.codecs.sbe.SnapshotBeginEncoder;
import io.gavel.codecs.sbe.SnapshotEndEncoder;
import io.gavel.codecs.sbe.Text32Encoder;
import io.gavel.codecs.sbe.TimeUnit;
import io.gavel.engine.core.CoreConfig;
import io.gavel.engine.core.StateMachine;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes the state of a core, which must stand between two frames, as one snapshot. The state streams through a block
 * of fixed size; its hashes are taken of the very bytes that are written. One thread.
 */
public final class SnapshotWriter {

  private final SnapshotStore.Draft draft;
  private final CRC32C crc = new CRC32C();
  private final CRC32C total = new CRC32C();
  private final CRC32C section = new CRC32C();
  private final MessageDigest digest = StateHash.sha256();
  private final UnsafeBuffer message = new UnsafeBuffer(new byte[SnapshotFormat.MESSAGE_LENGTH_MAX]);
  private final SectionSink sink = new SectionSink(SnapshotFormat.SECTION_BLOCK_LENGTH, this::onBlock);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final SectionBlockEncoder blockEncoder = new SectionBlockEncoder();
  private long position;
  private int sections;
  private int component;
  private String componentName = "";
  private SectionKind kind = SectionKind.CONFIG;
  private boolean begun;
  private long sectionLength;

  private SnapshotWriter(final SnapshotStore.Draft draft) {
    this.draft = draft;
  }

  /** Writes and publishes; {@code chain} is the journal's behind the last frame that {@code machine} has applied. */
  public static SnapshotSummary write(final StateMachine machine, final long chain, final SnapshotStore store) {
    final long sequence = machine.sequence();
    try (SnapshotStore.Draft draft = store.create(sequence)) {
      final SnapshotWriter writer = new SnapshotWriter(draft);
      writer.begin(machine, chain);
      final String control = writer.owners(machine.controlState(), SectionKind.CONTROL);
      final String business = writer.owners(machine.businessState(), SectionKind.BUSINESS);
      writer.end(sequence, business, control);
      draft.publish();
      return new SnapshotSummary(sequence, business, control, writer.position, store.place(sequence));
    }
  }

  private void begin(final StateMachine machine, final long chain) {
    final byte[] config = configOf(machine.config());
    final SnapshotBeginEncoder begin = new SnapshotBeginEncoder().wrapAndApplyHeader(message, 0, header);
    begin.magic(SnapshotFormat.MAGIC).sequence(machine.sequence()).engineTimeNs(machine.engineTimeNs()).chain(chain)
        .eventHash(machine.eventHash()).configDigest(SnapshotFormat.digest(config, config.length))
        .formatVersion(SnapshotFormat.FORMAT_VERSION).frameVersion(SnapshotFormat.FRAME_VERSION)
        .commandSchemaVersion(SnapshotFormat.COMMAND_SCHEMA_VERSION)
        .eventSchemaVersion(SnapshotFormat.EVENT_SCHEMA_VERSION)
        .behaviourVersion(machine.config().behaviourVersion()).timeUnit(TimeUnit.NANOSECONDS)
        .priceUnit(PriceUnit.TICKS_AND_LOTS).reserved(0).reserved2(0);
    write(SnapshotFormat.BEGIN_LENGTH);
    open(SnapshotFormat.CONFIG_COMPONENT, SnapshotFormat.CONFIG_NAME, SectionKind.CONFIG);
    sink.putBytes(config, config.length);
    close();
  }

  /** Component by component; answers the hash over them. */
  private String owners(final Iterable<StateOwner> owners, final SectionKind ownersKind) {
    final SortedMap<Integer, byte[]> digests = new TreeMap<>();
    for (final StateOwner owner : owners) {
      open(owner.componentId(), owner.componentName(), ownersKind);
      owner.save(sink);
      if (close()) {
        digests.put(owner.componentId(), digest.digest());
      }
    }
    return StateHash.ofDigests(digests);
  }

  /** A component that writes nothing gets no section. */
  private void open(final int componentId, final String name, final SectionKind sectionKind) {
    component = componentId;
    componentName = name;
    kind = sectionKind;
    sectionLength = 0;
    begun = false;
    section.reset();
    digest.reset();
  }

  private void onBlock(final byte[] bytes, final int offset, final int length) {
    if (!begun) {
      begun = true;
      beginSection();
    }
    digest.update(bytes, offset, length);
    crc.reset();
    crc.update(bytes, offset, length);
    final int bytesCrc = (int) crc.getValue();
    blockEncoder.wrapAndApplyHeader(message, 0, header).componentOffset(sectionLength).componentId(component)
        .length(length).bytesCrc32c(bytesCrc);
    stamp(SnapshotFormat.SECTION_BLOCK_LENGTH);
    final int from = offset - SnapshotFormat.SECTION_BLOCK_LENGTH;
    message.getBytes(0, bytes, from, SnapshotFormat.SECTION_BLOCK_LENGTH);
    // One write for both: a message and the bytes behind it lie side by side.
    draft.write(ByteBuffer.wrap(bytes, from, SnapshotFormat.SECTION_BLOCK_LENGTH + length));
    position += SnapshotFormat.SECTION_BLOCK_LENGTH + length;
    sectionLength += length;
  }

  private void beginSection() {
    final SectionBeginEncoder encoder = new SectionBeginEncoder().wrapAndApplyHeader(message, 0, header);
    name(encoder.name());
    encoder.componentId(component).sectionIndex(sections).kind(kind).reserved((short) 0).reserved2(0);
    write(SnapshotFormat.SECTION_BEGIN_LENGTH);
  }

  private void name(final Text32Encoder words) {
    final String text = componentName.substring(0, Math.min(componentName.length(), Text32.LENGTH_MAX));
    words.w0(Text32.word(text, 0)).w1(Text32.word(text, 1)).w2(Text32.word(text, 2)).w3(Text32.word(text, 3));
  }

  /** Answers whether the component wrote anything. */
  private boolean close() {
    sink.flush();
    if (!begun) {
      return false;
    }
    final int sectionCrc = (int) section.getValue();
    new SectionEndEncoder().wrapAndApplyHeader(message, 0, header).length(sectionLength).componentId(component)
        .sectionIndex(sections).sectionCrc32c(sectionCrc);
    write(SnapshotFormat.SECTION_END_LENGTH);
    sections++;
    return true;
  }

  private void end(final long sequence, final String stateHash, final String controlHash) {
    final int totalCrc = (int) total.getValue();
    final SnapshotEndEncoder encoder = new SnapshotEndEncoder().wrapAndApplyHeader(message, 0, header);
    encoder.totalLength(position + SnapshotFormat.END_LENGTH).sequence(sequence).sections(sections)
        .totalCrc32c(totalCrc).reserved(0);
    hash(encoder.stateHash(), stateHash);
    hash(encoder.controlHash(), controlHash);
    write(SnapshotFormat.END_LENGTH);
  }

  private static void hash(final Text32Encoder words, final String hex) {
    final ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    words.w0(bytes.getLong()).w1(bytes.getLong()).w2(bytes.getLong()).w3(bytes.getLong());
  }

  private void write(final int length) {
    stamp(length);
    draft.write(ByteBuffer.wrap(Arrays.copyOf(message.byteArray(), length)));
    position += length;
  }

  private void stamp(final int length) {
    SnapshotFormat.stamp(message, length, crc);
    section.update(message.byteArray(), 0, length);
    total.update(message.byteArray(), 0, length);
  }

  private static byte[] configOf(final CoreConfig config) {
    final byte[] bytes = new byte[EngineConfigEncoder.BLOCK_LENGTH];
    config.encode(new EngineConfigEncoder().wrap(new UnsafeBuffer(bytes), 0));
    return bytes;
  }
}
