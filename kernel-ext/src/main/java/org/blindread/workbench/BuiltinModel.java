package org.blindread.workbench;

/// placeholder until zoo lands
final class BuiltinModel {
  private BuiltinModel() {}

  static VendorModel load(String source) throws WorkbenchException {
    throw new WorkbenchException("no built-in network '" + source + "'");
  }
}
