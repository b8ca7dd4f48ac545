package io.gavel.adapters.market.capture;

/** What is wrong with the record at hand; whoever reads the records says which one it is. Never leaves the package. */
final class CaptureFault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CaptureFault(final String message) {
    super(message, null, false, false);
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
