/// The command line: one small class a command, picocli and nothing else.
///
/// Read [org.blindread.workbench.cli.Blindread] (main class, exit codes), then
/// [org.blindread.workbench.cli.RunCommand]. Everything a command does stands in
/// [org.blindread.workbench]; a command parses, calls, prints.
///
/// ```
/// ./blindread run --model M.onnx --manifest M.csv --protocol 3pc --reveal hospital --out scores.csv
/// ```
///
/// Depends on `workbench` and picocli.
@NullMarked
package org.blindread.workbench.cli;

import org.jspecify.annotations.NullMarked;
