package org.blindread.mpc.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;

/// A link over a blocking socket: the caller's thread writes, a thread of its own reads ahead into
/// the [Inbox].
///
/// Header and frame go out in one gathering write, frames come in by reads as large as a frame: on
/// Unix sockets this costs about 0.14 s of processor time per gigabyte, both ends together.
final class SocketLink implements Link, Pulse.Heart {
  private final Party peer;
  private final SocketChannel socket;
  private final Patience patience;
  private final Inbox inbox;
  private final ReentrantLock sending = new ReentrantLock();
  private final ByteBuffer header =
      ByteBuffer.allocateDirect(Inbox.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final ByteBuffer[] headerAndFrame = {header, header};
  private volatile long lastSent = System.nanoTime();
  private volatile long readingSince = System.nanoTime();
  private volatile boolean reading;

  /// @param socket connected and blocking; this link owns and closes it
  SocketLink(Party self, Party peer, SocketChannel socket, Chunks chunks, Patience patience) {
    this.peer = peer;
    this.socket = socket;
    this.patience = patience;
    this.inbox = new Inbox(peer, chunks, () -> {});
    Thread.ofPlatform().daemon().name(peer.to(self)).start(this::readAhead);
  }

  @Override
  public Party peer() {
    return peer;
  }

  @Override
  public void send(ByteBuffer frame) throws ProtocolException {
    Lanes.checkFrame(frame);
    sending.lock();
    try {
      header.clear().putInt(frame.remaining()).flip();
      headerAndFrame[1] = frame;
      while (frame.hasRemaining()) {
        socket.write(headerAndFrame);
      }
      lastSent = System.nanoTime();
    } catch (ClosedByInterruptException e) {
      throw new ProtocolException("interrupted while sending to " + peer, e);
    } catch (IOException e) {
      String why = inbox.whyEnded();
      throw new ProtocolException(why.isEmpty() ? Lanes.ended(peer) : why, e);
    } finally {
      sending.unlock();
    }
  }

  @Override
  public ByteBuffer receive() throws ProtocolException {
    return inbox.take();
  }

  private void readAhead() {
    try {
      while (inbox.awaitRoom()) {
        readingSince = System.nanoTime();
        reading = true;
        int count = socket.read(inbox.space());
        reading = false;
        if (count < 0) {
          inbox.end(Lanes.ended(peer) + (inbox.insideFrame() ? " in the middle of a frame" : ""));
          break;
        }
        inbox.arrived();
      }
    } catch (ProtocolException e) {
      inbox.end(e.getMessage());
    } catch (IOException | InterruptedException e) {
      inbox.end(Lanes.ended(peer));
    } catch (Throwable e) {
      // Whoever waits on this link must hear of it, even if only memory is at an end.
      inbox.end(Lanes.failed(peer, e));
    } finally {
      reading = false;
      closeSocket();
    }
  }

  @Override
  public boolean hasEnded() {
    return !inbox.whyEnded().isEmpty();
  }

  @Override
  public boolean pulse(long now) {
    if (hasEnded()) {
      return false;
    }
    if (reading && now - readingSince > patience.silence().toNanos()) {
      inbox.end(patience.silent(peer));
      closeSocket();
      return false;
    }
    if (now - lastSent > patience.heartbeat().toNanos() && !sending.isLocked()) {
      // A peer that has stopped reading would block the write, and with it the other links' pulse.
      Thread.ofPlatform().daemon().name("heartbeat to " + peer).start(this::beat);
    }
    return true;
  }

  private void beat() {
    if (sending.tryLock()) {
      try {
        header.clear().putInt(0).flip();
        while (header.hasRemaining()) {
          socket.write(header);
        }
        lastSent = System.nanoTime();
      } catch (IOException e) {
        // The reading thread meets the same end and reports it.
        closeSocket();
      } finally {
        sending.unlock();
      }
    }
  }

  @Override
  public void close() {
    inbox.abandon(Lanes.closedByUs(peer));
    closeSocket();
  }

  private void closeSocket() {
    try {
      socket.close();
    } catch (IOException e) {
      // Nothing is lost: the link has ended, and its inbox says why.
    }
  }
}
