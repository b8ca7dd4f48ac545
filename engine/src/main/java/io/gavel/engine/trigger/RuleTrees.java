package io.gavel.engine.trigger;

import io.gavel.codecs.sbe.ReasonCode;

/** The trees of rules with a CONDITION leg, by rule slot: what {@link RuleBook} asks of whoever keeps them. */
public interface RuleTrees {

  /** For a book without conditions: a rule that has one is refused. */
  RuleTrees NONE = new RuleTrees() {
    @Override
    public ReasonCode check(final RuleSpec spec, final long nowNs) {
      return 0 == spec.nodeCount ? ReasonCode.OK : ReasonCode.RULE_FIELD_NOT_ALLOWED;
    }

    @Override
    public boolean isTrueNow(final RuleSpec spec, final long nowNs) {
      return false;
    }

    @Override
    public boolean isTrueNow(final int slot) {
      return false;
    }

    @Override
    public void arm(final int slot, final RuleSpec spec) {
    }

    @Override
    public boolean enter(final int slot, final boolean waits) {
      return false;
    }

    @Override
    public void leave(final int slot) {
    }

    @Override
    public void release(final int slot) {
    }

    @Override
    public int takeMet(final long[] slots) {
      return 0;
    }
  };

  /** Why this tree may not be armed now, or OK; no effect. */
  ReasonCode check(RuleSpec spec, long nowNs);

  /** Whether a tree that {@link #check} passed would be true the moment it is armed. */
  boolean isTrueNow(RuleSpec spec, long nowNs);

  /** The same of one that was taken and waits for its window. */
  boolean isTrueNow(int slot);

  /** Takes the tree of a rule; nothing concerns it yet. */
  void arm(int slot, RuleSpec spec);

  /** The rule goes live; true when its tree is true now. {@code waits}: it then fires only after it was false. */
  boolean enter(int slot, boolean waits);

  /** Takes the leaves out of every index; what they saw can still be read. Does nothing for a rule without a tree. */
  void leave(int slot);

  void release(int slot);

  /** Hands over the rules whose trees became true, in no order; returns how many. */
  int takeMet(long[] slots);
}
