package io.gavel.engine.snapshot;

import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.Text32;
import io.gavel.codecs.sbe.PriceUnit;
import io.gavel.codecs.sbe.SectionBeginDecoder;
import io.gavel.codecs.sbe.SectionBlockDecoder;
import io.gavel.codecs.sbe.SectionEndDecoder;
import io.gavel.codecs.sbe.SectionKind;
import io.gavel.codecs.sbe.SnapshotBeginDecoder;
import io.gavel.codecs.sbe.SnapshotEndDecoder;
import io.gavel.codecs.sbe.Text32Decoder;
import io.gavel.codecs.sbe.TimeUnit;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;

/**
 * What is where in a snapshot: reads every message and skips the bytes of state, so that whatever is missing, moved,
 * cut or of another version is known before a core is built. One thread.
 */
final class SnapshotIndex {

  private final MessageReader messages;
  private final String place;
  private final long fileLength;
  private final Map<Integer, Section> sections = new TreeMap<>();
  private final SnapshotBeginDecoder begin = new SnapshotBeginDecoder();
  private final SectionBeginDecoder sectionBegin = new SectionBeginDecoder();
  private final SectionBlockDecoder block = new SectionBlockDecoder();
  private final SectionEndDecoder sectionEnd = new SectionEndDecoder();
  private final SnapshotEndDecoder end = new SnapshotEndDecoder();
  private final CRC32C total = new CRC32C();
  private final CRC32C section = new CRC32C();
  private long position;
  private SnapshotFacts facts;

  SnapshotIndex(final SnapshotStore.Stored stored, final String place, final long sequence) {
    this.place = place;
    fileLength = stored.length();
    messages = new MessageReader(stored, place);
    facts = readBegin(sequence);
    while (SectionBeginDecoder.TEMPLATE_ID == messages.templateId()) {
      readSection();
    }
    facts = readEnd();
  }

  SnapshotFacts facts() {
    return facts;
  }

  /** By component id. */
  Map<Integer, Section> sections() {
    return sections;
  }

  /** Reads the first message and the one behind it. */
  private SnapshotFacts readBegin(final long sequence) {
    messages.read(0);
    require(SnapshotBeginDecoder.TEMPLATE_ID == messages.templateId(), "it does not begin as a snapshot");
    wrap(begin);
    require(SnapshotFormat.MAGIC == begin.magic(), "it does not begin as a snapshot");
    version("format version", begin.formatVersion(), SnapshotFormat.FORMAT_VERSION);
    version("frame version", begin.frameVersion(), FrameDescriptor.FRAME_VERSION);
    version("version of commands", begin.commandSchemaVersion(), SnapshotFormat.COMMAND_SCHEMA_VERSION);
    version("version of events", begin.eventSchemaVersion(), SnapshotFormat.EVENT_SCHEMA_VERSION);
    version("behaviour version", begin.behaviourVersion(), SnapshotFormat.BEHAVIOUR_VERSION);
    version("unit of time", begin.timeUnitRaw(), TimeUnit.NANOSECONDS.value());
    version("unit of prices", begin.priceUnitRaw(), PriceUnit.TICKS_AND_LOTS.value());
    require(sequence == begin.sequence(), "it is named " + sequence + " and holds sequence " + begin.sequence());
    final SnapshotFacts result = new SnapshotFacts(begin.sequence(), begin.engineTimeNs(), begin.chain(),
        begin.eventHash(), begin.configDigest(), "", "", fileLength);
    advance(SnapshotFormat.BEGIN_LENGTH);
    return result;
  }

  private void readSection() {
    wrap(sectionBegin);
    final int componentId = sectionBegin.componentId();
    require(sections.size() == sectionBegin.sectionIndex(), "section " + sectionBegin.sectionIndex()
        + " stands where section " + sections.size() + " belongs");
    require(!sections.containsKey(componentId), "component " + componentId + " is there twice");
    final String name = text(sectionBegin.name());
    final SectionKind kind = sectionBegin.kind();
    section.reset();
    section.update(messages.buffer().byteArray(), 0, messages.length());
    advance(SnapshotFormat.SECTION_BEGIN_LENGTH);
    final long first = position;
    long length = 0;
    while (SectionBlockDecoder.TEMPLATE_ID == messages.templateId()) {
      length += readBlock(componentId, length);
    }
    require(SectionEndDecoder.TEMPLATE_ID == messages.templateId(), "component " + componentId + " does not end");
    wrap(sectionEnd);
    require(componentId == sectionEnd.componentId() && length == sectionEnd.length()
        && sections.size() == sectionEnd.sectionIndex() && (int) section.getValue() == sectionEnd.sectionCrc32c(),
        "component " + componentId + " is not as it was written");
    sections.put(componentId, new Section(componentId, name, kind, first, length));
    advance(SnapshotFormat.SECTION_END_LENGTH);
  }

  private int readBlock(final int componentId, final long offset) {
    wrap(block);
    final int length = block.length();
    require(componentId == block.componentId() && offset == block.componentOffset() && length > 0
        && length <= SnapshotFormat.BLOCK_BYTES_MAX, "a block of component " + componentId + " is out of place");
    section.update(messages.buffer().byteArray(), 0, messages.length());
    advance(SnapshotFormat.SECTION_BLOCK_LENGTH + length);
    return length;
  }

  private SnapshotFacts readEnd() {
    require(SnapshotEndDecoder.TEMPLATE_ID == messages.templateId(), "a section stands where none belongs");
    wrap(end);
    require(end.sections() == sections.size() && end.sequence() == facts.sequence()
        && (int) total.getValue() == end.totalCrc32c(), "it does not add up to what was written");
    require(position + SnapshotFormat.END_LENGTH == fileLength && end.totalLength() == fileLength,
        "it has " + fileLength + " bytes and should have " + end.totalLength());
    return new SnapshotFacts(facts.sequence(), facts.engineTimeNs(), facts.chain(), facts.eventHash(),
        facts.configDigest(), hex(end.stateHash()), hex(end.controlHash()), fileLength);
  }

  /** Takes the current message into the sum and reads the one that lies {@code length} bytes on. */
  private void advance(final int length) {
    total.update(messages.buffer().byteArray(), 0, messages.length());
    position += length;
    messages.read(position);
  }

  private void wrap(final MessageDecoderFlyweight decoder) {
    final UnsafeBuffer buffer = messages.buffer();
    decoder.wrap(buffer, SnapshotFormat.HEADER_LENGTH, decoder.sbeBlockLength(), decoder.sbeSchemaVersion());
  }

  private void require(final boolean condition, final String reason) {
    if (!condition) {
      throw messages.damaged(position, reason);
    }
  }

  private void version(final String what, final int found, final int readable) {
    if (found != readable) {
      throw new ForeignSnapshotException(place, what, found, readable);
    }
  }

  private static String text(final Text32Decoder words) {
    return Text32.toString(words.w0(), words.w1(), words.w2(), words.w3());
  }

  private static String hex(final Text32Decoder words) {
    return HexFormat.of().formatHex(ByteBuffer.allocate(Text32.LENGTH_MAX)
        .putLong(words.w0()).putLong(words.w1()).putLong(words.w2()).putLong(words.w3()).array());
  }
}
