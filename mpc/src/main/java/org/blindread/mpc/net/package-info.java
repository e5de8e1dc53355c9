/// How parties talk: links, messages, counted traffic.
///
/// Read [org.blindread.mpc.net.Party], [org.blindread.mpc.net.Session] and
/// [org.blindread.mpc.net.Lane], then [org.blindread.mpc.net.Channel] (messages) on
/// [org.blindread.mpc.net.Link] (what a transport provides). The transports:
/// [org.blindread.mpc.net.InProcess] (whose every [org.blindread.mpc.net.Message] may be heard),
/// [org.blindread.mpc.net.SameHost] (Unix sockets), [org.blindread.mpc.net.Tls] (Netty, mutual TLS
/// 1.3).
///
/// ```java
/// Network network = new SameHost(folder, Party.VENDOR, parties, Duration.ofSeconds(60));
/// try (Session session = network.connect(1)) {
///   session.control().to(Party.HOSPITAL).sendBytes(1, hello);
/// }
/// ```
///
/// Depends on Netty and, for certificates, Bouncy Castle.
@NullMarked
package org.blindread.mpc.net;

import org.jspecify.annotations.NullMarked;
