package io.gavel.engine;

/** Launches an engine, with the explicit word where the argument says so, and says what became of it. */
final class UncheckedChild {

  private UncheckedChild() {
  }

  public static void main(final String[] arguments) {
    try (Gavel engine = Gavel.launch(
        new GavelContext().withoutBoundsChecks(Boolean.parseBoolean(arguments[0])), new GavelEvents() { })) {
      System.out.println("launched " + engine.sequence());
    } catch (final IllegalStateException ex) {
      System.out.println("refused: " + ex.getMessage());
    }
  }
}
