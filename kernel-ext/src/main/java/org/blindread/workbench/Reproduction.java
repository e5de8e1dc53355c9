package org.blindread.workbench;

public final class Reproduction {
  private Reproduction() {}
  public static java.nio.file.Path rootOr(java.util.Optional<java.nio.file.Path> p) { return p.orElseThrow(); }
  public static Reproduction run(java.nio.file.Path root, java.util.Optional<java.nio.file.Path> data, int images, java.io.PrintWriter console) { return new Reproduction(); }
  public String table() { return ""; }
  public boolean equal() { return true; }
}
