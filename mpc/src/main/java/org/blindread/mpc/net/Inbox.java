package org.blindread.mpc.net;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What has arrived from one peer and was not yet received.
///
/// Takes the bytes as they stand on the wire, frame after frame: a length of four bytes, little
/// endian, then as many bytes; length 0 is a heartbeat. They are stored where they were read and
/// handed out from there without a copy. Stores at least [Link#BUFFERED_BYTES] of frames and at
/// most [#MAX_CHUNKS] buffers, however small or awkward the frames.
///
/// One thread fills ([#space], [#arrived]), one takes, any may end it. The first end counts: its
/// sentence is what the receiver gets after the frames that came before.
final class Inbox {
  static final int HEADER_BYTES = 4;

  /// A chunk is left at most half empty because the next frame does not fit: 64 of them hold more
  /// than 8 MiB of frames of any size and never more than 18 MiB of memory.
  static final int MAX_CHUNKS = 64;

  /// What is read at once while the length of the frame is not known.
  private static final int GLANCE_BYTES = 1 << 14;

  private final Party peer;
  private final Chunks pool;
  private final Runnable whenRoom;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrivals = lock.newCondition();
  private final Condition room = lock.newCondition();

  // Under the lock.
  private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();
  private boolean stalled;
  private boolean abandoned;
  private String end = "";

  // The filling thread's.
  private Chunk filling;
  private ByteBuffer window;
  private int parsed;

  // The taking thread's.
  private int taken;

  /// Bytes of the wire, of which those below `complete` are whole frames.
  private static final class Chunk {
    private final ByteBuffer bytes;
    private int complete;

    Chunk(ByteBuffer bytes) {
      this.bytes = bytes;
    }
  }

  /// @param whenRoom run by the taking thread when a fill that was told of a full inbox may go on;
  ///   must not wait
  Inbox(Party peer, Chunks pool, Runnable whenRoom) {
    this.peer = peer;
    this.pool = pool;
    this.whenRoom = whenRoom;
    this.filling = new Chunk(pool.take());
    this.window = filling.bytes.duplicate().order(filling.bytes.order());
    chunks.add(filling);
  }

  Party peer() {
    return peer;
  }

  /// Where the next bytes of the wire go, between position and limit; at least one byte. Never
  /// blocks: whoever fills asks [#awaitRoom] or [#isFull] first.
  ByteBuffer space() {
    int filled = window.position();
    boolean known = filled - parsed >= HEADER_BYTES;
    int needed = HEADER_BYTES + (known ? window.getInt(parsed) : 0);
    if (parsed + needed > Chunks.BYTES) {
      nextChunk();
      filled = window.position();
    }
    // Of a long frame no more than its end and the next header is read: what follows would have to
    // be moved into the next chunk.
    int wanted =
        known && needed > GLANCE_BYTES
            ? parsed + needed + HEADER_BYTES
            : Math.max(parsed + needed, filled + GLANCE_BYTES);
    return window.limit(Math.min(wanted, Chunks.BYTES));
  }

  private void nextChunk() {
    Chunk next = new Chunk(pool.take());
    ByteBuffer nextWindow = next.bytes.duplicate().order(next.bytes.order());
    nextWindow.put(window.duplicate().flip().position(parsed));
    lock.lock();
    try {
      chunks.addLast(next);
    } finally {
      lock.unlock();
    }
    filling = next;
    window = nextWindow;
    parsed = 0;
  }

  /// Hands over the frames completed by the bytes put into [#space].
  ///
  /// @throws ProtocolException if the peer states an impossible length; frames before it are handed
  ///   over
  void arrived() throws ProtocolException {
    int filled = window.position();
    int whole = parsed;
    int length = 0;
    while (filled - whole >= HEADER_BYTES) {
      length = window.getInt(whole);
      if (length < 0 || length > Link.MAX_FRAME_BYTES || filled - whole - HEADER_BYTES < length) {
        break;
      }
      whole += HEADER_BYTES + length;
      length = 0;
    }
    if (whole > parsed) {
      parsed = whole;
      lock.lock();
      try {
        filling.complete = whole;
        arrivals.signal();
      } finally {
        lock.unlock();
      }
    }
    if (length < 0 || length > Link.MAX_FRAME_BYTES) {
      throw new ProtocolException(
          "%s sent a frame of %d bytes; 0 to %d are allowed"
              .formatted(peer, length, Link.MAX_FRAME_BYTES));
    }
  }

  /// Copies bytes of the wire in, without waiting for room.
  ///
  /// @throws ProtocolException as [#arrived]
  void append(ByteBuffer bytes) throws ProtocolException {
    while (bytes.hasRemaining()) {
      ByteBuffer space = space();
      int count = Math.min(space.remaining(), bytes.remaining());
      space.put(space.position(), bytes, bytes.position(), count);
      space.position(space.position() + count);
      bytes.position(bytes.position() + count);
      arrived();
    }
  }

  /// Whether the bytes so far end inside a frame.
  boolean insideFrame() {
    return window.position() > parsed;
  }

  /// Whether filling should pause; if so, `whenRoom` will be run.
  boolean isFull() {
    lock.lock();
    try {
      // Once told of a full inbox the filler pauses until whenRoom runs, whatever is taken
      // meanwhile.
      stalled |= chunks.size() >= MAX_CHUNKS;
      return stalled && end.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until there is room for a frame.
  ///
  /// @return false if the inbox has ended
  boolean awaitRoom() throws InterruptedException {
    lock.lock();
    try {
      while (chunks.size() >= MAX_CHUNKS && end.isEmpty()) {
        room.await();
      }
      return end.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /// Waits for the next frame; read-only and valid until the next call.
  ///
  /// @throws ProtocolException if the inbox has ended and all frames are taken, or if the thread
  ///   was interrupted
  ByteBuffer take() throws ProtocolException {
    lock.lock();
    try {
      while (true) {
        if (abandoned) {
          throw new ProtocolException(end);
        }
        Chunk first = chunks.getFirst();
        if (taken < first.complete) {
          int from = taken + HEADER_BYTES;
          int length = first.bytes.getInt(taken);
          taken = from + length;
          if (length > 0) {
            return first.bytes.asReadOnlyBuffer().limit(from + length).position(from);
          }
        } else if (chunks.size() > 1) {
          pool.giveBack(chunks.removeFirst().bytes);
          taken = 0;
          room.signal();
          if (stalled && chunks.size() <= MAX_CHUNKS / 2) {
            stalled = false;
            whenRoom.run();
          }
        } else if (!end.isEmpty()) {
          throw new ProtocolException(end);
        } else {
          arrivals.await();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProtocolException("interrupted while waiting for " + peer, e);
    } finally {
      lock.unlock();
    }
  }

  /// Nothing more will arrive; frames that are there may still be taken.
  ///
  /// @param sentence why, naming the peer
  void end(String sentence) {
    end(sentence, false);
  }

  /// Nothing more will be taken.
  void abandon(String sentence) {
    end(sentence, true);
  }

  private void end(String sentence, boolean abandon) {
    lock.lock();
    try {
      if (end.isEmpty()) {
        end = sentence;
      }
      abandoned |= abandon;
      arrivals.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Why the inbox ended; empty while it has not.
  String whyEnded() {
    lock.lock();
    try {
      return end;
    } finally {
      lock.unlock();
    }
  }
}
