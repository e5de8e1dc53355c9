/// Lets an interrupt end a cell that never waits, such as `while (true) n++;`.
///
/// Java cannot stop a thread from outside, so every turn of a loop in a cell, and every call of a
/// cell's method, asks whether the cell was interrupted; the same idea as in the JDK's own
/// `jdk.jshell.execution.LocalExecutionControl`. Read
/// [org.blindread.jupyter.interrupt.CellInterrupt] (the question), then
/// [org.blindread.jupyter.interrupt.StopChecks] (how it gets into a class), then
/// [org.blindread.jupyter.interrupt.StoppableCells] (how classes of cells pass there).
///
/// ```
/// StoppableCells.in(executionControl); // of either kernel; false where that cannot be
/// ```
///
/// Depends on the JDK alone.
@NullMarked
package org.blindread.jupyter.interrupt;

import org.jspecify.annotations.NullMarked;
