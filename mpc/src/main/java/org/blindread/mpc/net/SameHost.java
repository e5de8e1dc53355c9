package org.blindread.mpc.net;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import jdk.net.ExtendedSocketOptions;

/// Parties in processes of one user on one machine, connected by Unix sockets in a folder that only
/// that user may enter.
///
/// Of two parties the one first in order of names listens at `folder/<name>.sock`, the other
/// connects; one connection per lane. The socket files are deleted once everyone is connected.
/// Nothing is encrypted: this is for parties of one person, a simulation.
public final class SameHost implements Network {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  /// What `sockaddr_un` holds on every system we know, without the final zero.
  private static final int MAX_PATH_BYTES = 103;

  /// How long one connection may take to say who it is.
  private static final Duration HELLO = Duration.ofSeconds(5);

  private final Path folder;
  private final Party self;
  private final TreeSet<Party> parties;
  private final Patience patience;

  /// @param folder made if it does not exist; must belong to the user, with permissions `rwx------`
  /// @param all the parties of the run, this one among them
  /// @param connectTimeout in which all peers must be there
  public SameHost(Path folder, Party self, Collection<Party> all, Duration connectTimeout) {
    this(folder, self, all, Patience.connecting(connectTimeout));
  }

  SameHost(Path folder, Party self, Collection<Party> all, Patience patience) {
    if (!all.contains(self)) {
      throw new IllegalArgumentException(self + " is not one of " + all);
    }
    this.folder = folder.toAbsolutePath();
    this.self = self;
    this.parties = new TreeSet<>(all);
    this.patience = patience;
  }

  @Override
  public Session connect(int lanes) throws ProtocolException {
    Meeting meeting = new Meeting(self, parties, lanes);
    boolean done = false;
    try (Pulse pulse = new Pulse(self, patience)) {
      checkFolder();
      try (ServerSocketChannel server = listen()) {
        meet(meeting, server, pulse, patience.deadline());
      }
      done = true;
    } catch (SocketTimeoutException e) {
      throw new ProtocolException(meeting.missing(patience), e);
    } catch (IOException e) {
      throw new ProtocolException(
          "%s cannot use the sockets in %s: %s".formatted(self, folder, e.getMessage()), e);
    } finally {
      if (!done) {
        meeting.close();
      }
    }
    return meeting.session();
  }

  private void meet(Meeting meeting, ServerSocketChannel server, Pulse pulse, long deadline)
      throws IOException, ProtocolException {
    Chunks chunks = new Chunks();
    try {
      for (Party peer : meeting.listeners()) {
        for (int lane = 0; lane <= meeting.lanes(); lane++) {
          SocketChannel socket = call(meeting, peer, lane, deadline);
          SocketLink link = new SocketLink(self, peer, socket, chunks, patience);
          pulse.add(link);
          meeting.add(lane, link);
        }
      }
      while (!meeting.complete()) {
        await(server, SelectionKey.OP_ACCEPT, deadline);
        SocketChannel socket = server.accept();
        if (socket != null) {
          answer(meeting, socket, chunks, deadline).ifPresent(pulse::add);
        }
      }
    } finally {
      Files.deleteIfExists(socketOf(self));
    }
  }

  private Path socketOf(Party party) {
    return folder.resolve(party + ".sock");
  }

  private void checkFolder() throws IOException, ProtocolException {
    if (socketOf(self).toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
      throw new ProtocolException(
          "a Unix socket's path has at most %d bytes; choose a shorter folder than %s"
              .formatted(MAX_PATH_BYTES, folder));
    }
    if (!Files.isDirectory(folder)) {
      makeFolder();
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
    if (!permissions.equals(OWNER_ONLY)) {
      throw new ProtocolException(
          "the folder of the sockets must be its owner's alone (rwx------), %s is %s; chmod 700 it"
              .formatted(folder, PosixFilePermissions.toString(permissions)));
    }
  }

  private void makeFolder() throws IOException {
    Files.createDirectories(folder.resolveSibling(".").normalize());
    try {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } catch (FileAlreadyExistsException e) {
      // A peer was faster; what it made is checked like any other folder.
    }
  }

  private ServerSocketChannel listen() throws IOException, ProtocolException {
    Path path = socketOf(self);
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
    if (Files.exists(path)) {
      if (isAnswered(address)) {
        throw new ProtocolException(
            "another process already waits as %s in %s; end it, or give each run its own folder"
                .formatted(self, folder));
      }
      Files.delete(path); // left by a process that died
    }
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(address, 4 * Lanes.MAX);
      server.configureBlocking(false);
      return server;
    } catch (BindException e) {
      server.close();
      throw new ProtocolException(
          "%s cannot listen at %s: %s".formatted(self, path, e.getMessage()), e);
    }
  }

  private static boolean isAnswered(UnixDomainSocketAddress address) throws IOException {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return probe.connect(address);
    } catch (ConnectException e) {
      return false;
    }
  }

  /// Connects one lane to a peer that listens, trying again until it does.
  private SocketChannel call(Meeting meeting, Party peer, int lane, long deadline)
      throws IOException, ProtocolException {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(socketOf(peer));
    while (true) {
      SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
      boolean connected = false;
      try {
        socket.connect(address);
        connected = true;
        checkUser(socket);
        transfer(socket, meeting.hello(peer, lane).toBytes(), SelectionKey.OP_WRITE, deadline);
        ByteBuffer answer = ByteBuffer.allocate(Hello.BYTES);
        transfer(socket, answer, SelectionKey.OP_READ, deadline);
        meeting.checkAnswer(Hello.parse(answer.flip()), peer, lane);
        socket.configureBlocking(true);
        return socket;
      } catch (InterruptedIOException | ProtocolException e) {
        socket.close();
        throw e;
      } catch (IOException e) {
        socket.close();
        if (connected) {
          throw new ProtocolException(peer + " refused the connection; see its own message", e);
        }
        pause(deadline);
      }
    }
  }

  private static void pause(long deadline) throws IOException {
    if (deadline - System.nanoTime() <= 0) {
      throw new SocketTimeoutException();
    }
    LockSupport.parkNanos(10_000_000);
    checkInterrupt();
  }

  /// Takes one connection of a peer.
  ///
  /// @return no link if whoever connected was no party; the meeting remembers
  private Optional<SocketLink> answer(
      Meeting meeting, SocketChannel socket, Chunks chunks, long deadline)
      throws IOException, ProtocolException {
    boolean done = false;
    try {
      checkUser(socket);
      long patient = Math.min(deadline - System.nanoTime(), HELLO.toNanos());
      ByteBuffer bytes = ByteBuffer.allocate(Hello.BYTES);
      transfer(socket, bytes, SelectionKey.OP_READ, System.nanoTime() + patient);
      Hello hello;
      try {
        hello = Hello.parse(bytes.flip());
      } catch (ProtocolException e) {
        meeting.refused(e.getMessage());
        return Optional.empty();
      }
      if (!meeting.expects(hello)) {
        return Optional.empty();
      }
      transfer(
          socket,
          meeting.answer(hello).toBytes(),
          SelectionKey.OP_WRITE,
          System.nanoTime() + patient);
      hello.check(hello.from(), self, meeting.lanes());
      socket.configureBlocking(true);
      SocketLink link = new SocketLink(self, hello.from(), socket, chunks, patience);
      meeting.add(hello.lane(), link);
      done = true;
      return Optional.of(link);
    } catch (SocketTimeoutException e) {
      meeting.refused("a connection that did not say who it is");
      return Optional.empty();
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      meeting.refused("a connection that ended before it said who it is");
      return Optional.empty();
    } finally {
      if (!done) {
        socket.close();
      }
    }
  }

  /// Both ends must belong to the owner of the folder.
  private void checkUser(SocketChannel socket) throws IOException, ProtocolException {
    if (socket.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
      var user = socket.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
      if (!user.equals(Files.getOwner(folder))) {
        throw new ProtocolException(
            "%s belongs to %s, but a process of %s connects"
                .formatted(folder, Files.getOwner(folder), user));
      }
    }
  }

  /// Reads or writes all of a buffer in time.
  private static void transfer(SocketChannel socket, ByteBuffer bytes, int operation, long deadline)
      throws IOException {
    socket.configureBlocking(false);
    while (bytes.hasRemaining()) {
      await(socket, operation, deadline);
      int count = operation == SelectionKey.OP_READ ? socket.read(bytes) : socket.write(bytes);
      if (count < 0) {
        throw new EOFException();
      }
    }
  }

  private static void await(SelectableChannel channel, int operation, long deadline)
      throws IOException {
    try (Selector selector = Selector.open()) {
      channel.register(selector, operation);
      long millis = (deadline - System.nanoTime()) / 1_000_000;
      if (millis <= 0 ? selector.selectNow() == 0 : selector.select(millis) == 0) {
        checkInterrupt();
        throw new SocketTimeoutException();
      }
    }
  }

  private static void checkInterrupt() throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted while connecting");
    }
  }
}
