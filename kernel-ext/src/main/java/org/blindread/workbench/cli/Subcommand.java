package org.blindread.workbench.cli;

import java.util.concurrent.Callable;

/// A command that another package brings to the command line, found by `ServiceLoader`; it carries
/// picocli's annotations. So the workbench need not know the notebook.
public interface Subcommand extends Callable<Integer> {}
