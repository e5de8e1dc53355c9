package org.blindread.mpc.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/// The receiving side of one TLS connection, on the event loop: first the peer's [Hello], then
/// frames into an [Inbox].
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a channel to close
final class TlsConnection extends ChannelInboundHandlerAdapter {
  private static final String ALERT = "Received fatal alert: ";

  /// Longer than any sentence of [Trust].
  private static final int MAX_REASON = 500;

  private final Channel channel;
  private final SslHandler tls;
  private final CompletableFuture<Hello> hello = new CompletableFuture<>();
  private final ByteBuffer helloBytes = ByteBuffer.allocate(Hello.BYTES);

  // The event loop's.
  private Optional<Inbox> inbox = Optional.empty();
  private Optional<ByteBuf> afterHello = Optional.empty();
  private Optional<String> end = Optional.empty();

  private volatile long lastHeard = System.nanoTime();
  private volatile boolean paused;

  private volatile Runnable writable = () -> {};

  TlsConnection(Channel channel, SslHandler tls) {
    this.channel = channel;
    this.tls = tls;
  }

  Channel channel() {
    return channel;
  }

  /// The hello of whoever is at the other end, once TLS is satisfied with its certificate; else why
  /// it did not come, as a [ProtocolException].
  CompletableFuture<Hello> hello() {
    return hello;
  }

  void say(Hello ours) {
    channel.writeAndFlush(Unpooled.wrappedBuffer(ours.toBytes()), channel.voidPromise());
  }

  /// The party named by the peer's certificate.
  Party authenticated() throws ProtocolException {
    try {
      return Trust.partyOf((X509Certificate) tls.engine().getSession().getPeerCertificates()[0]);
    } catch (SSLPeerUnverifiedException e) {
      throw new ProtocolException("a connection showed no certificate", e);
    }
  }

  /// From now on frames go into the inbox.
  ///
  /// @param whenWritable run on the event loop when the outgoing queue has drained or the
  ///   connection has ended
  void open(Inbox into, Runnable whenWritable) {
    writable = whenWritable;
    channel
        .eventLoop()
        .execute(
            () -> {
              inbox = Optional.of(into);
              lastHeard = System.nanoTime();
              Optional<ByteBuf> before = afterHello;
              afterHello = Optional.empty();
              before.ifPresent(this::take);
              end.ifPresentOrElse(
                  why -> into.end(Lanes.ended(into.peer()) + why), () -> pause(into.isFull()));
            });
  }

  /// Goes on after a pause for lack of room.
  void resume() {
    try {
      channel.eventLoop().execute(() -> pause(false));
    } catch (RejectedExecutionException e) {
      // The session was closed meanwhile; the inbox says so.
    }
  }

  private void pause(boolean now) {
    paused = now;
    lastHeard = System.nanoTime();
    channel.config().setAutoRead(!now);
  }

  /// How long the peer has been silent while we listened.
  long silentNanos(long now) {
    return paused ? 0 : now - lastHeard;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    lastHeard = System.nanoTime();
    ByteBuf bytes = (ByteBuf) message;
    if (inbox.isPresent()) {
      take(bytes);
    } else if (!hello.isDone()) {
      int count = Math.min(bytes.readableBytes(), helloBytes.remaining());
      bytes.readBytes(helloBytes.slice().limit(count));
      helloBytes.position(helloBytes.position() + count);
      if (!helloBytes.hasRemaining()) {
        channel.config().setAutoRead(false);
        keep(bytes);
        try {
          hello.complete(Hello.parse(helloBytes.flip()));
        } catch (ProtocolException e) {
          refuse(e);
        }
      } else {
        bytes.release();
      }
    } else {
      keep(bytes);
    }
  }

  private void keep(ByteBuf bytes) {
    afterHello = Optional.of(afterHello.map(before -> join(before, bytes)).orElse(bytes));
  }

  private ByteBuf join(ByteBuf before, ByteBuf after) {
    return channel.alloc().compositeBuffer().addComponents(true, before, after);
  }

  private void take(ByteBuf bytes) {
    Inbox into = inbox.orElseThrow();
    try {
      for (ByteBuffer part : bytes.nioBuffers()) {
        into.append(part);
      }
      if (into.isFull()) {
        pause(true);
      }
    } catch (ProtocolException e) {
      into.end(e.getMessage());
      channel.close();
    } catch (Throwable e) {
      into.end(Lanes.failed(into.peer(), e));
      channel.close();
    } finally {
      bytes.release();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    writable.run();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ended("");
    writable.run();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    ended(explain(cause).map(why -> ": " + why).orElse(""));
    channel.close();
  }

  private void ended(String why) {
    refuse(new ProtocolException("the connection ended" + why));
    if (end.isEmpty()) {
      end = Optional.of(why);
    }
    inbox.ifPresent(
        into ->
            into.end(
                Lanes.ended(into.peer())
                    + (into.insideFrame() ? " in the middle of a frame" : "")
                    + why));
  }

  private void refuse(ProtocolException why) {
    if (hello.completeExceptionally(why)) {
      channel.close();
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    afterHello.ifPresent(ByteBuf::release);
    afterHello = Optional.empty();
  }

  /// What a failure of TLS means for whoever runs the party; nothing if the connection just broke.
  private static Optional<String> explain(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      String text = String.valueOf(each.getMessage());
      if (each instanceof NotSslRecordException) {
        return Optional.of("it does not speak TLS");
      }
      if (each instanceof CertificateException) {
        return Optional.of(Trust.printable(text, MAX_REASON));
      }
      if (each instanceof SSLException && text.contains(ALERT)) {
        String alert = text.substring(text.indexOf(ALERT) + ALERT.length());
        return Optional.of(
            alert.contains("certificate") || alert.contains("unknown_ca")
                ? ("the other side does not accept the certificate of this party (%s): it is"
                        + " expired, of another study or of another party; the other side's message"
                        + " says more")
                    .formatted(alert)
                : "the other side refuses TLS (%s)".formatted(alert));
      }
    }
    return Optional.empty();
  }
}
