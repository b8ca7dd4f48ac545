package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.ReasonTexts;
import io.gavel.codecs.sbe.CreateInstrumentDecoder;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.SetCollateralDecoder;
import io.gavel.engine.Directory;
import io.gavel.engine.egress.NamingHook;
import io.gavel.engine.replay.FrameBytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/** Learns the names in a journal while it is replayed, and shows its commands and events as the pipe would. */
public final class JournalWords implements NamingHook {

  private final Directory directory = new Directory();
  private final Map<Integer, FeeAsset> feeAssets = new TreeMap<>();
  private final Map<Integer, Integer> settleAssets = new TreeMap<>();
  private final CreateInstrumentDecoder instrument = new CreateInstrumentDecoder();
  private final SetCollateralDecoder collateral = new SetCollateralDecoder();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final JsonOut out = new JsonOut(bytes);
  private final EventRenderer events;
  private int referenceAssetId;
  private final CommandRenderer commands = new CommandRenderer(directory, out);

  public JournalWords(final ReasonTexts reasons) {
    events = new EventRenderer(directory, this::feeAsset, () -> referenceAssetId, out, reasons);
  }

  public Directory directory() {
    return directory;
  }

  /** What fees of the instrument are taken in. */
  public FeeAsset feeAsset(final int instrumentId) {
    return feeAssets.getOrDefault(instrumentId, FeeAsset.QUOTE);
  }

  @Override
  public void onFrame(final DirectBuffer buffer, final int offset, final boolean accepted) {
    directory.onFrame(buffer, offset, accepted);
    if (accepted && CreateInstrumentDecoder.TEMPLATE_ID == FrameFlyweight.templateIdOf(buffer, offset)) {
      instrument.wrap(buffer, offset + FrameDescriptor.HEADER_LENGTH, CreateInstrumentDecoder.BLOCK_LENGTH,
          CreateInstrumentDecoder.SCHEMA_VERSION);
      feeAssets.put(instrument.instrumentId(), instrument.feeAsset());
      settleAssets.put(instrument.instrumentId(), settleAsset());
    }
    if (accepted && SetCollateralDecoder.TEMPLATE_ID == FrameFlyweight.templateIdOf(buffer, offset)) {
      collateral.wrap(buffer, offset + FrameDescriptor.HEADER_LENGTH, SetCollateralDecoder.BLOCK_LENGTH,
          SetCollateralDecoder.SCHEMA_VERSION);
      referenceAssetId = 0 == collateral.instrumentId() ? collateral.assetId() : referenceAssetId;
    }
  }

  private int settleAsset() {
    final boolean isToken = InstrumentKind.LEVERAGED_TOKEN == instrument.kind()
        || InstrumentKind.SYNTHETIC == instrument.kind();
    if (InstrumentKind.SPOT == instrument.kind() || isToken || 0 != instrument.settleAssetId()) {
      return instrument.settleAssetId();
    }
    final boolean inverse = InstrumentKind.INVERSE_PERPETUAL == instrument.kind()
        || InstrumentKind.INVERSE_FUTURE == instrument.kind();
    return inverse ? instrument.baseAssetId() : instrument.quoteAssetId();
  }

  /** What a contract is settled in; 0 in spot. */
  public int settleAssetId(final int instrumentId) {
    return settleAssets.getOrDefault(instrumentId, 0);
  }

  /** An event as a line of JSON; empty for the answer to a command. */
  public String event(final FrameBytes event) {
    bytes.reset();
    events.render(event.buffer(), 0);
    return line();
  }

  /** A command as the line of JSON that would ask for it. */
  public String command(final FrameBytes frame) {
    bytes.reset();
    commands.render(frame.buffer(), frame.length());
    return line();
  }

  private String line() {
    out.flush();
    return bytes.toString(StandardCharsets.UTF_8).stripTrailing();
  }
}
