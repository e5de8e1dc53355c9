package org.blindread.mpc.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A link over one TLS connection: the caller's thread copies, an event loop encrypts and writes.
@SuppressWarnings(
    "FutureReturnValueIgnored") // a failed write ends the connection, which is noticed
final class TlsLink implements Link, Pulse.Heart {
  /// How long closing waits for what was sent to leave this machine.
  private static final long LINGER_SECONDS = 2;

  private final Party peer;
  private final TlsConnection connection;
  private final Channel channel;
  private final Inbox inbox;
  private final Patience patience;
  private final Runnable afterClose;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition writable = lock.newCondition();
  private volatile long lastSent = System.nanoTime();
  private boolean closed;

  /// @param connection greeted; this link owns and closes it
  /// @param afterClose run once, when the owner has closed this link
  TlsLink(
      Party peer, TlsConnection connection, Chunks chunks, Patience patience, Runnable afterClose) {
    this.peer = peer;
    this.connection = connection;
    this.channel = connection.channel();
    this.patience = patience;
    this.afterClose = afterClose;
    this.inbox = new Inbox(peer, chunks, connection::resume);
    connection.open(inbox, this::wakeSender);
  }

  @Override
  public Party peer() {
    return peer;
  }

  @Override
  public void send(ByteBuffer frame) throws ProtocolException {
    Lanes.checkFrame(frame);
    awaitWritable();
    ByteBuf copy = channel.alloc().buffer(Inbox.HEADER_BYTES + frame.remaining());
    copy.writeIntLE(frame.remaining()).writeBytes(frame);
    lastSent = System.nanoTime();
    channel.writeAndFlush(copy, channel.voidPromise());
  }

  private void awaitWritable() throws ProtocolException {
    lock.lock();
    try {
      while (!channel.isWritable() && channel.isActive() && inbox.whyEnded().isEmpty()) {
        writable.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProtocolException("interrupted while sending to " + peer, e);
    } finally {
      lock.unlock();
    }
    String why = inbox.whyEnded();
    if (!why.isEmpty() || !channel.isActive()) {
      throw new ProtocolException(why.isEmpty() ? Lanes.ended(peer) : why);
    }
  }

  private void wakeSender() {
    lock.lock();
    try {
      writable.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ByteBuffer receive() throws ProtocolException {
    return inbox.take();
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
    if (connection.silentNanos(now) > patience.silence().toNanos()) {
      inbox.end(patience.silent(peer));
      channel.close();
      return false;
    }
    if (now - lastSent > patience.heartbeat().toNanos() && channel.isWritable()) {
      lastSent = now;
      channel.writeAndFlush(channel.alloc().buffer().writeIntLE(0), channel.voidPromise());
    }
    return true;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
    } finally {
      lock.unlock();
    }
    inbox.abandon(Lanes.closedByUs(peer));
    channel.close();
    wakeSender();
    channel.closeFuture().awaitUninterruptibly(LINGER_SECONDS, TimeUnit.SECONDS);
    afterClose.run();
  }
}
