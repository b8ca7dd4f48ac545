package io.gavel.engine.core;

/** A part of loading a machine; see {@link StateMachine#loadSteps}. */
public interface LoadStep {

  void load();
}
