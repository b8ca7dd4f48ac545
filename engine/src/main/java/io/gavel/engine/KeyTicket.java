package io.gavel.engine;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.IdList;
import io.gavel.codecs.KeyScope;
import io.gavel.codecs.sbe.GrantKeyEncoder;
import io.gavel.codecs.sbe.ReasonCode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the key of a session is good for, all at once; what is not said is not limited. */
public final class KeyTicket {

  private int scopes;
  private long expiryTimeNs;
  private @Nullable String limitCcy;
  private @Nullable String perCommand;
  private @Nullable String perWindow;
  private Duration window = Duration.ZERO;
  private int ratePerSecond;
  private int rateBurst;
  private final List<String> accts = new ArrayList<>();
  private final List<String> instIds = new ArrayList<>();
  private final byte[] publicKey = new byte[FrameDescriptor.PUBLIC_KEY_LENGTH];

  KeyTicket() {
  }

  /** Kinds of commands; at least one. */
  public KeyTicket scopes(final KeyScope... values) {
    scopes = KeyScope.bits(values);
    return this;
  }

  /** Engine time up to which the key is good; 0: for ever. */
  public KeyTicket expires(final long timeNs) {
    expiryTimeNs = timeNs;
    return this;
  }

  /** Accounts by name, at most eight; none said: all. */
  public KeyTicket accts(final String... names) {
    accts.addAll(List.of(names));
    return this;
  }

  /** Instruments, at most eight; none said: all. */
  public KeyTicket instIds(final String... symbols) {
    instIds.addAll(List.of(symbols));
    return this;
  }

  /** What one command may move of {@code ccy}; nothing else can be moved then. */
  public KeyTicket limit(final String ccy, final String amountPerCommand) {
    limitCcy = ccy;
    perCommand = amountPerCommand;
    return this;
  }

  /** What all commands of a window of engine time may move of {@code ccy} together. */
  public KeyTicket windowLimit(final String ccy, final String amount, final Duration length) {
    limitCcy = ccy;
    perWindow = amount;
    window = length;
    return this;
  }

  /** Accepted commands a second, {@code burst} of them at once; cancels are free. */
  public KeyTicket rate(final int perSecond, final int burst) {
    ratePerSecond = perSecond;
    rateBurst = burst;
    return this;
  }

  /** Every command must be signed by this Ed25519 key of 32 bytes; its private half never comes near the engine. */
  public KeyTicket publicKey(final byte[] key) {
    if (FrameDescriptor.PUBLIC_KEY_LENGTH != key.length) {
      throw new RefusedException(ReasonCode.OUT_OF_RANGE, "publicKey", key.length + " bytes", "is not 32 bytes long");
    }
    System.arraycopy(key, 0, publicKey, 0, key.length);
    return this;
  }

  void encode(final GrantKeyEncoder command, final Directory directory) {
    final Directory.AssetEntry asset = null == limitCcy ? null : directory.requireAsset(limitCcy, "ccy");
    command.scopes(scopes).expiryTimeNs(expiryTimeNs).notionalAssetId(null == asset ? 0 : asset.id())
        .commandMaxUnits(null == asset ? 0 : Facade.units(asset, perCommand, "perCommand"))
        .windowMaxUnits(null == asset ? 0 : Facade.units(asset, perWindow, "perWindow"))
        .windowNs(Facade.nanos(window, ReasonCode.OUT_OF_RANGE, "window")).ratePerSecond(ratePerSecond)
        .rateBurst(rateBurst);
    final ByteBuffer words = ByteBuffer.wrap(publicKey).order(LITTLE_ENDIAN);
    command.publicKey().w0(words.getLong()).w1(words.getLong()).w2(words.getLong()).w3(words.getLong());
    IdList.put(command.accounts(), ids(accts.stream().map(directory::requireAccount).toList(), "accts"));
    IdList.put(command.instruments(), ids(instIds.stream()
        .map(symbol -> (long) directory.requireInstrument(symbol).id()).toList(), "instIds"));
  }

  private static List<Long> ids(final List<Long> ids, final String field) {
    if (ids.size() > IdList.LENGTH) {
      throw new RefusedException(ReasonCode.OUT_OF_RANGE, field, ids.size() + " names", "is more than eight");
    }
    return ids;
  }
}
