package io.gavel.adapters.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of the tool, from the manifest of its jar. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"gavel " + text()};
  }

  static String text() {
    final String version = Version.class.getPackage().getImplementationVersion();
    return null == version ? "development" : version;
  }
}
