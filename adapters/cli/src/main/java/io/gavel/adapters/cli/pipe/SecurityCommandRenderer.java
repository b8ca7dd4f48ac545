package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.DecimalText;
import io.gavel.codecs.DualCommand;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.IdList;
import io.gavel.codecs.KeyScope;
import io.gavel.codecs.sbe.ApproveDecoder;
import io.gavel.codecs.sbe.CommandHeaderDecoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.GrantKeyDecoder;
import io.gavel.codecs.sbe.Ids8Decoder;
import io.gavel.codecs.sbe.Key32Decoder;
import io.gavel.codecs.sbe.RevokeKeyDecoder;
import io.gavel.codecs.sbe.SetSecurityDecoder;
import io.gavel.engine.Directory;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.agrona.DirectBuffer;

/** Shows the journalled commands about keys and proposals in the words in which a line would say them. */
final class SecurityCommandRenderer {

  private final Directory directory;
  private final JsonOut out;

  SecurityCommandRenderer(final Directory directory, final JsonOut out) {
    this.directory = directory;
    this.out = out;
  }

  void render(final DirectBuffer buffer, final FrameFlyweight frame) {
    final int body = frame.bodyOffset();
    final int block = frame.blockLength();
    final int version = frame.version();
    switch (frame.templateId()) {
      case GrantKeyDecoder.TEMPLATE_ID -> grant(new GrantKeyDecoder().wrap(buffer, body, block, version));
      case RevokeKeyDecoder.TEMPLATE_ID -> {
        final RevokeKeyDecoder command = new RevokeKeyDecoder().wrap(buffer, body, block, version);
        begin("revoke-key", command.header()).put("keySessionId", command.sessionId());
      }
      case SetSecurityDecoder.TEMPLATE_ID -> security(new SetSecurityDecoder().wrap(buffer, body, block, version));
      case ApproveDecoder.TEMPLATE_ID -> {
        final ApproveDecoder command = new ApproveDecoder().wrap(buffer, body, block, version);
        begin("approve", command.header()).put("proposalId", command.proposalId())
            .put("approved", Flag.YES == command.approved());
      }
      default -> new LimitCommandRenderer(directory, out).render(buffer, frame);
    }
  }

  private void grant(final GrantKeyDecoder command) {
    final StringBuilder scopes = new StringBuilder();
    for (final KeyScope scope : KeyScope.values()) {
      if (0 != (command.scopes() & scope.bit())) {
        scopes.append(scopes.isEmpty() ? "" : " ").append(Words.word(scope));
      }
    }
    begin("grant-key", command.header()).put("keySessionId", command.sessionId())
        .put("principal", command.principalId()).put("scopes", scopes.toString())
        .putText("accts", names(command.accounts(), directory::accountName))
        .putText("instIds", names(command.instruments(), id -> directory.instrumentName((int) id)));
    if (0 != command.expiryTimeNs()) {
      out.putTime("expires", command.expiryTimeNs());
    }
    final int assetId = command.notionalAssetId();
    if (0 != assetId) {
      out.put("ccy", directory.assetName(assetId))
          .put("perCommand", directory.amountText(assetId, command.commandMaxUnits()))
          .put("perWindow", directory.amountText(assetId, command.windowMaxUnits()))
          .put("windowSec", seconds(command.windowNs()));
    }
    out.put("ratePerSecond", command.ratePerSecond()).put("rateBurst", command.rateBurst());
    key(command.publicKey());
  }

  private void key(final Key32Decoder key) {
    if (0 != (key.w0() | key.w1() | key.w2() | key.w3())) {
      out.put("publicKey", hex(key.w0()) + hex(key.w1()) + hex(key.w2()) + hex(key.w3()));
    }
  }

  private void security(final SetSecurityDecoder command) {
    final StringBuilder commands = new StringBuilder();
    for (final DualCommand each : DualCommand.values()) {
      if (0 != (command.dualTemplates() & each.bit())) {
        commands.append(commands.isEmpty() ? "" : " ").append(Words.word(each));
      }
    }
    begin("security", command.header()).put("keysNeeded", Flag.YES == command.on())
        .put("twoPeople", commands.toString()).put("delaySec", seconds(command.delayNs()))
        .put("lifetimeSec", seconds(command.timeToLiveNs()));
    for (int i = 0; i < IdList.LENGTH; i++) {
      final int assetId = (int) IdList.get(command.assets(), i);
      if (0 != assetId) {
        out.put("ccy", directory.assetName(assetId))
            .put("small", directory.amountText(assetId, IdList.get(command.limitsUnits(), i)));
      }
    }
    out.putId("engineId", command.engineId());
  }

  private JsonOut begin(final String op, final CommandHeaderDecoder header) {
    return CommandRenderer.begin(out, directory, op, header);
  }

  private static String names(final Ids8Decoder ids, final LongFunction<String> name) {
    return IdList.of(ids).stream().map(name::apply).collect(Collectors.joining(" "));
  }

  /** The bytes of a word in the order in which they lie in memory. */
  private static String hex(final long word) {
    return java.util.HexFormat.of().toHexDigits(Long.reverseBytes(word));
  }

  private static String seconds(final long durationNs) {
    return DecimalText.format(durationNs, SessionCommandRenderer.NANOS_SCALE);
  }
}
