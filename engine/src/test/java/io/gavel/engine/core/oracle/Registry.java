package io.gavel.engine.core.oracle;

import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.CreateAccountDecoder;
import io.gavel.codecs.sbe.CreateAssetDecoder;
import io.gavel.codecs.sbe.CreateInstrumentDecoder;
import io.gavel.codecs.sbe.DepositDecoder;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.HoldFundsDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReleaseHoldDecoder;
import io.gavel.codecs.sbe.SettleHoldDecoder;
import java.math.BigInteger;
import java.util.TreeMap;
import org.agrona.MutableDirectBuffer;

/** Reads what opens assets, instruments and accounts, and what moves money in and out. */
final class Registry {

  private static final BigInteger E10 = BigInteger.TEN.pow(10);

  private final Oracle oracle;
  private final TreeMap<Integer, Integer> scales = new TreeMap<>();
  private final CreateAssetDecoder createAsset = new CreateAssetDecoder();
  private final CreateInstrumentDecoder createInstrument = new CreateInstrumentDecoder();
  private final CreateAccountDecoder createAccount = new CreateAccountDecoder();
  private final DepositDecoder deposit = new DepositDecoder();
  private final HoldFundsDecoder holdFunds = new HoldFundsDecoder();
  private final SettleHoldDecoder settleHold = new SettleHoldDecoder();
  private final ReleaseHoldDecoder releaseHold = new ReleaseHoldDecoder();

  Registry(final Oracle oracle) {
    this.oracle = oracle;
  }

  ReasonCode execute(final FrameFlyweight frame, final long account) {
    final MutableDirectBuffer buffer = frame.buffer();
    final int body = frame.bodyOffset();
    final int block = frame.blockLength();
    switch (frame.templateId()) {
      case CreateAssetDecoder.TEMPLATE_ID -> {
        final CreateAssetDecoder c = createAsset.wrap(buffer, body, block, 0);
        scales.put(c.assetId(), (int) c.scale());
        return oracle.created(c.assetId());
      }
      case CreateInstrumentDecoder.TEMPLATE_ID -> {
        return oracle.pair(pair(createInstrument.wrap(buffer, body, block, 0)));
      }
      case CreateAccountDecoder.TEMPLATE_ID -> {
        final CreateAccountDecoder c = createAccount.wrap(buffer, body, block, 0);
        return oracle.account(account, AccountKind.TAPE == c.kind());
      }
      case DepositDecoder.TEMPLATE_ID -> {
        final DepositDecoder c = deposit.wrap(buffer, body, block, 0);
        return oracle.deposit(account, c.assetId(), c.amountUnits());
      }
      case HoldFundsDecoder.TEMPLATE_ID -> {
        final HoldFundsDecoder c = holdFunds.wrap(buffer, body, block, 0);
        return oracle.hold(account, c.assetId(), c.amountUnits());
      }
      case SettleHoldDecoder.TEMPLATE_ID -> {
        final SettleHoldDecoder c = settleHold.wrap(buffer, body, block, 0);
        return oracle.settle(account, c.holdId(), c.amountUnits());
      }
      case ReleaseHoldDecoder.TEMPLATE_ID -> {
        return oracle.release(account, releaseHold.wrap(buffer, body, block, 0).holdId());
      }
      default -> throw new IllegalStateException("the oracle does not know command " + frame.templateId());
    }
  }

  private Pair pair(final CreateInstrumentDecoder c) {
    final BigInteger lot = BigInteger.valueOf(c.lotSizeE10());
    final BigInteger base = lot.multiply(BigInteger.TEN.pow(scales.get(c.baseAssetId()))).divide(E10);
    final BigInteger quote = lot.multiply(BigInteger.valueOf(c.tickSizeE10()))
        .multiply(BigInteger.TEN.pow(scales.get(c.quoteAssetId()))).divide(E10.multiply(E10));
    return new Pair(c.instrumentId(), c.baseAssetId(), c.quoteAssetId(), base.longValueExact(),
        quote.longValueExact(), c.markUnitsPerTick(), c.protectionBps(), FeeAsset.BASE == c.feeAsset())
        .terms(c.makerFeeE8(), c.takerFeeE8(), c.minLots());
  }
}
