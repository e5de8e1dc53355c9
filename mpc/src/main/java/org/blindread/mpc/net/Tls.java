package org.blindread.mpc.net;

import static jdk.net.ExtendedSocketOptions.TCP_KEEPCOUNT;
import static jdk.net.ExtendedSocketOptions.TCP_KEEPIDLE;
import static jdk.net.ExtendedSocketOptions.TCP_KEEPINTERVAL;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;

/// Parties on machines of their own, connected by TCP under mutual TLS 1.3.
///
/// Of two parties the one first in order of names listens, the other connects; one connection per
/// lane. Both show certificates that the study's authority issued and that name them
/// ([Certificates]); any other certificate is refused. Who is not a party of the study cannot end
/// the set-up of a run by knocking at its port: it is turned away and the party goes on waiting.
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a channel or event loop to close
public final class Tls implements Network {
  /// Authenticated encryption with the fastest first.
  private static final List<String> CIPHERS =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384");

  private static final int WAITING_BYTES = 1 << 20;
  private static final int KEEP_ALIVE_PROBES = 4;
  private static final Duration HELLO = Duration.ofSeconds(30);

  private final Party self;
  private final TreeMap<Party, InetSocketAddress> addresses;
  private final Credentials credentials;
  private final Patience patience;

  /// @param addresses of all parties, this one among them; the ports of those that only connect are
  ///   not used
  /// @param connectTimeout in which all peers must be there
  public Tls(
      Party self,
      Map<Party, InetSocketAddress> addresses,
      Credentials credentials,
      Duration connectTimeout) {
    this(self, addresses, credentials, Patience.connecting(connectTimeout));
  }

  Tls(
      Party self,
      Map<Party, InetSocketAddress> addresses,
      Credentials credentials,
      Patience patience) {
    if (!addresses.containsKey(self)) {
      throw new IllegalArgumentException(self + " has no address among " + addresses.keySet());
    }
    this.self = self;
    this.addresses = new TreeMap<>(addresses);
    this.credentials = credentials;
    this.patience = patience;
  }

  @Override
  public Session connect(int lanes) throws ProtocolException {
    if (!credentials.party().equals(self)) {
      throw new ProtocolException(
          "this is %s, but its certificate names %s; give %s its own"
              .formatted(self, credentials.party(), self));
    }
    Meeting meeting = new Meeting(self, addresses.navigableKeySet(), lanes);
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            Math.clamp(Runtime.getRuntime().availableProcessors(), 2, 8),
            new DefaultThreadFactory("network of " + self, true),
            ioHandlers());
    boolean done = false;
    try (Pulse pulse = new Pulse(self, patience)) {
      meet(meeting, loops, pulse, patience.deadline());
      done = true;
    } catch (TimeoutException e) {
      throw new ProtocolException(meeting.missing(patience), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProtocolException("interrupted while connecting", e);
    } catch (SSLException e) {
      throw new ProtocolException("TLS 1.3 cannot be set up: " + e.getMessage(), e);
    } finally {
      if (!done) {
        meeting.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      }
    }
    return meeting.session();
  }

  private static IoHandlerFactory ioHandlers() {
    return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  private void meet(Meeting meeting, EventLoopGroup loops, Pulse pulse, long deadline)
      throws ProtocolException, TimeoutException, InterruptedException, SSLException {
    Chunks chunks = new Chunks();
    AtomicInteger open = new AtomicInteger(1); // the meeting, and every link
    Runnable afterClose =
        () -> {
          if (open.decrementAndGet() == 0) {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
          }
        };
    BlockingQueue<TlsConnection> arrivals = new LinkedBlockingQueue<>(4 * Lanes.MAX);
    Optional<Channel> server =
        meeting.callers().isEmpty() ? Optional.empty() : Optional.of(listen(loops, arrivals));
    try {
      for (Party peer : meeting.listeners()) {
        SslContext tls = client(peer);
        for (int lane = 0; lane <= meeting.lanes(); lane++) {
          TlsConnection connection = call(meeting, tls, loops, peer, lane, deadline);
          open.incrementAndGet();
          TlsLink link = new TlsLink(peer, connection, chunks, patience, afterClose);
          pulse.add(link);
          meeting.add(lane, link);
        }
      }
      while (!meeting.complete()) {
        TlsConnection connection =
            arrivals.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        if (connection == null) {
          throw new TimeoutException();
        }
        Optional<Hello> hello = answer(meeting, connection);
        if (hello.isPresent()) {
          open.incrementAndGet();
          TlsLink link = new TlsLink(hello.get().from(), connection, chunks, patience, afterClose);
          pulse.add(link);
          meeting.add(hello.get().lane(), link);
        }
      }
      afterClose.run();
    } finally {
      // Waits, so that the port is free when this method is left.
      server.ifPresent(each -> each.close().awaitUninterruptibly(1, TimeUnit.SECONDS));
      arrivals.forEach(each -> each.channel().close());
    }
  }

  private SslContext client(Party peer) throws SSLException {
    return common(SslContextBuilder.forClient())
        .trustManager(new Trust(credentials.authority()).manager(Optional.of(peer)))
        .keyManager(credentials.key(), credentials.certificate())
        .endpointIdentificationAlgorithm("") // Trust pins the party, wherever it is found
        .build();
  }

  private SslContext server() throws SSLException {
    return common(SslContextBuilder.forServer(credentials.key(), credentials.certificate()))
        .trustManager(new Trust(credentials.authority()).manager(Optional.empty()))
        .clientAuth(ClientAuth.REQUIRE)
        .build();
  }

  private static SslContextBuilder common(SslContextBuilder builder) {
    return builder.sslProvider(SslProvider.JDK).protocols("TLSv1.3").ciphers(CIPHERS);
  }

  private Channel listen(EventLoopGroup loops, BlockingQueue<TlsConnection> arrivals)
      throws ProtocolException, InterruptedException, SSLException {
    SslContext tls = server();
    Class<? extends ServerChannel> type =
        Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    InetSocketAddress address = addresses.get(self);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops)
            .channel(type)
            .option(ChannelOption.SO_BACKLOG, 4 * Lanes.MAX)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    TlsConnection connection = prepare(channel, tls.newHandler(channel.alloc()));
                    connection.hello().whenComplete((hello, failure) -> arrived(connection));
                    // Who does not say who it is makes room for others.
                    channel
                        .eventLoop()
                        .schedule(
                            () -> {
                              if (!connection.hello().isDone()) {
                                channel.close();
                              }
                            },
                            HELLO.toMillis(),
                            TimeUnit.MILLISECONDS);
                  }

                  private void arrived(TlsConnection connection) {
                    if (!arrivals.offer(connection)) {
                      connection.channel().close();
                    }
                  }
                })
            .bind(address)
            .await();
    if (bound.isSuccess()) {
      return bound.channel();
    }
    Throwable cause = bound.cause();
    boolean inUse =
        cause instanceof BindException
            || String.valueOf(cause.getMessage()).contains("Address already in use");
    throw new ProtocolException(
        "%s cannot listen at port %d of %s: %s; %s"
            .formatted(
                self,
                address.getPort(),
                address.getHostString(),
                cause.getMessage(),
                inUse
                    ? "end the program that uses it, or give this party another port"
                    : "check the address of this party"),
        cause);
  }

  private TlsConnection prepare(SocketChannel channel, SslHandler handler) {
    TlsConnection connection = new TlsConnection(channel, handler);
    channel.config().setTcpNoDelay(true);
    channel
        .config()
        .setWriteBufferWaterMark(new WriteBufferWaterMark(WAITING_BYTES / 2, WAITING_BYTES));
    // A host that vanished is noticed also while a full inbox keeps us from listening to it. Not by
    // TCP_USER_TIMEOUT: Linux counts a peer's closed window as silence, and a peer that receives
    // something else first may keep it closed for long.
    channel.config().setKeepAlive(true);
    int third = Math.toIntExact(Math.max(1, patience.silence().toSeconds() / 3));
    int between = Math.max(1, 2 * third / KEEP_ALIVE_PROBES);
    if (channel instanceof EpollSocketChannel) {
      channel.config().setOption(EpollChannelOption.TCP_KEEPIDLE, third);
      channel.config().setOption(EpollChannelOption.TCP_KEEPINTVL, between);
      channel.config().setOption(EpollChannelOption.TCP_KEEPCNT, KEEP_ALIVE_PROBES);
    } else {
      channel.config().setOption(NioChannelOption.of(TCP_KEEPIDLE), third);
      channel.config().setOption(NioChannelOption.of(TCP_KEEPINTERVAL), between);
      channel.config().setOption(NioChannelOption.of(TCP_KEEPCOUNT), KEEP_ALIVE_PROBES);
    }
    handler.setHandshakeTimeoutMillis(HELLO.toMillis());
    handler.setCloseNotifyFlushTimeoutMillis(1000);
    channel.pipeline().addLast(handler, connection);
    return connection;
  }

  /// Connects one lane to a peer that listens, trying again until it does.
  private TlsConnection call(
      Meeting meeting, SslContext tls, EventLoopGroup loops, Party peer, int lane, long deadline)
      throws ProtocolException, TimeoutException, InterruptedException {
    while (true) {
      Class<? extends Channel> type =
          Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
      TlsConnection[] made = new TlsConnection[1];
      ChannelFuture connected =
          new Bootstrap()
              .group(loops)
              .channel(type)
              .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 5000)
              .handler(
                  new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                      made[0] = prepare(channel, tls.newHandler(channel.alloc()));
                    }
                  })
              .connect(addresses.get(peer))
              .await();
      if (connected.isSuccess()) {
        return greet(meeting, made[0], peer, lane, deadline);
      }
      meeting.refused(String.valueOf(connected.cause().getMessage()));
      if (deadline - System.nanoTime() <= 0) {
        throw new TimeoutException();
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static TlsConnection greet(
      Meeting meeting, TlsConnection connection, Party peer, int lane, long deadline)
      throws ProtocolException, TimeoutException, InterruptedException {
    boolean done = false;
    try {
      connection.say(meeting.hello(peer, lane));
      Hello answer =
          connection.hello().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      meeting.checkAnswer(answer, peer, lane);
      done = true;
      return connection;
    } catch (ExecutionException e) {
      throw new ProtocolException(
          "%s cannot be reached: %s".formatted(peer, e.getCause().getMessage()), e);
    } finally {
      if (!done) {
        connection.channel().close();
      }
    }
  }

  /// Looks at one connection of a peer.
  ///
  /// @return nothing if whoever connected was no party; the meeting remembers
  private Optional<Hello> answer(Meeting meeting, TlsConnection connection)
      throws ProtocolException, InterruptedException {
    boolean done = false;
    try {
      Hello hello = connection.hello().get();
      Party shown = connection.authenticated();
      if (!shown.equals(hello.from())) {
        meeting.refused(
            "a party that calls itself %s shows the certificate of %s; check its settings"
                .formatted(hello.from(), shown));
        return Optional.empty();
      }
      if (!meeting.expects(hello)) {
        return Optional.empty();
      }
      connection.say(meeting.answer(hello));
      hello.check(hello.from(), self, meeting.lanes());
      done = true;
      return Optional.of(hello);
    } catch (ExecutionException e) {
      meeting.refused(String.valueOf(e.getCause().getMessage()));
      return Optional.empty();
    } finally {
      if (!done) {
        connection.channel().close();
      }
    }
  }
}
