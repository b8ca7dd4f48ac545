package io.gavel.engine;

import io.gavel.codecs.sbe.PriceSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Terms of a leveraged token or a synthetic asset, all at once: ratios are decimals, "0.01" is 1 %, amounts are in the
 * asset that the token is paid in.
 */
public final class TokenTicket {

  @Nullable String underlying;
  PriceSource source = PriceSource.INDEX;
  @Nullable String nav;
  @Nullable String leverage;
  @Nullable String threshold;
  long dailyTimeNs;
  @Nullable String fee;
  @Nullable String dailyFee;
  @Nullable String skew;
  @Nullable String skewScale;
  @Nullable String sizeMax;
  @Nullable String collateral;

  TokenTicket() {
  }

  /** Whose price is followed, its index or its mark; a synthetic asset that says nothing follows its own index. */
  public TokenTicket follows(final String instId, final PriceSource price) {
    underlying = instId;
    source = price;
    return this;
  }

  /** Makes it a leveraged token: "3", or "-3" for one that gains when the market falls. */
  public TokenTicket leverage(final String target) {
    leverage = target;
    threshold = null == threshold ? "1.33" : threshold;
    return this;
  }

  /** What a whole leveraged token is worth to begin with; nothing said: it goes on from what it is worth. */
  public TokenTicket nav(final String worth) {
    nav = worth;
    return this;
  }

  /** Times its target, beyond which the leverage is brought back within the day; "1.33" unless said. */
  public TokenTicket threshold(final String times) {
    threshold = times;
    return this;
  }

  /** When it is rebalanced each day, after midnight UTC. */
  public TokenTicket dailyAt(final Duration afterMidnight) {
    dailyTimeNs = afterMidnight.toNanos();
    return this;
  }

  /** Of what is paid for tokens or out for them. */
  public TokenTicket fee(final String ratio) {
    fee = ratio;
    return this;
  }

  /** Of a leveraged token's value, at each daily rebalance. */
  public TokenTicket dailyFee(final String ratio) {
    dailyFee = ratio;
    return this;
  }

  /** Premium on new units of a synthetic asset: so much when {@code scale} of it is out. */
  public TokenTicket skew(final String ratio, final String scale) {
    skew = ratio;
    skewScale = scale;
    return this;
  }

  /** Most tokens that may be out. */
  public TokenTicket sizeMax(final String size) {
    sizeMax = size;
    return this;
  }

  /** Of what holders are owed, that the pool must have for more to be given out; "1.5" is half as much again. */
  public TokenTicket collateral(final String ratio) {
    collateral = ratio;
    return this;
  }
}
