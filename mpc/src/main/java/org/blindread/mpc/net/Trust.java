package org.blindread.mpc.net;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Which certificates count: those issued by the study's authority itself, valid now, of a party —
/// of one party only, where it is known who must be at the other end.
final class Trust {
  private static final Pattern NAME =
      Pattern.compile("CN=" + Certificates.NAME_PREFIX + "([a-z][a-z0-9-]{0,62})");

  private static final int MAX_SUBJECT = 80;

  private final X509Certificate authority;

  Trust(X509Certificate authority) {
    this.authority = authority;
  }

  /// What a stranger wrote, fit for a message: printable ASCII, the rest as `?`, at most `most`
  /// characters. A terminal would obey what else may stand in it.
  static String printable(String text, int most) {
    String plain = text.replaceAll("[^ -~]", "?");
    return plain.length() <= most ? plain : plain.substring(0, most - 3) + "...";
  }

  private static String subject(X509Certificate certificate) {
    return printable(certificate.getSubjectX500Principal().getName(), MAX_SUBJECT);
  }

  /// The party a certificate names.
  static Party partyOf(X509Certificate certificate) throws ProtocolException {
    Matcher matcher = NAME.matcher(certificate.getSubjectX500Principal().getName());
    if (!matcher.matches()) {
      throw new ProtocolException(
          "the certificate of '%s' is not a party's".formatted(subject(certificate)));
    }
    return new Party(matcher.group(1));
  }

  /// @return the party that the certificate names
  /// @throws ProtocolException what is wrong and what to do
  Party check(X509Certificate certificate, Instant now) throws ProtocolException {
    try {
      if (!certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
        throw new GeneralSecurityException("another issuer");
      }
      certificate.verify(authority.getPublicKey());
    } catch (GeneralSecurityException e) {
      throw new ProtocolException(
          "the certificate of '%s' was not issued by the authority of this study; have it issued by"
                  .formatted(subject(certificate))
              + " whoever runs the study, and use the same ca.pem everywhere",
          e);
    }
    Party party = partyOf(certificate);
    for (X509Certificate each : List.of(certificate, authority)) {
      String whose = each.equals(authority) ? "this study's authority" : party.name();
      if (now.isAfter(each.getNotAfter().toInstant())) {
        throw new ProtocolException(
            "the certificate of %s expired on %s; issue a new one"
                .formatted(whose, each.getNotAfter().toInstant()),
            new CertPathValidatorException("expired", null, null, -1, BasicReason.EXPIRED));
      }
      if (now.isBefore(each.getNotBefore().toInstant())) {
        throw new ProtocolException(
            "the certificate of %s is valid only from %s; check the clocks of both machines"
                .formatted(whose, each.getNotBefore().toInstant()),
            new CertPathValidatorException("early", null, null, -1, BasicReason.NOT_YET_VALID));
      }
    }
    if (certificate.getBasicConstraints() >= 0 || certificate.hasUnsupportedCriticalExtension()) {
      throw new ProtocolException("the certificate of " + party + " is not made for a party");
    }
    return party;
  }

  /// For the TLS engine.
  ///
  /// @param expected who must be at the other end, where that is known before it has spoken
  X509ExtendedTrustManager manager(Optional<Party> expected) {
    return new X509ExtendedTrustManager() {
      private void check(X509Certificate[] chain) throws CertificateException {
        try {
          Party party = Trust.this.check(chain[0], Instant.now());
          if (expected.isPresent() && !expected.get().equals(party)) {
            throw new ProtocolException(
                "%s answers where %s should be; check the addresses of the parties"
                    .formatted(party, expected.get()));
          }
        } catch (ProtocolException e) {
          throw e.getCause() instanceof CertPathValidatorException reason
              ? new CertificateException(e.getMessage(), reason)
              : new CertificateException(e.getMessage());
        }
      }

      @Override
      public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
          throws CertificateException {
        check(chain);
      }

      @Override
      public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
          throws CertificateException {
        check(chain);
      }

      @Override
      public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
          throws CertificateException {
        check(chain);
      }

      @Override
      public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
          throws CertificateException {
        check(chain);
      }

      @Override
      public void checkClientTrusted(X509Certificate[] chain, String type)
          throws CertificateException {
        check(chain);
      }

      @Override
      public void checkServerTrusted(X509Certificate[] chain, String type)
          throws CertificateException {
        check(chain);
      }

      @Override
      public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[] {authority};
      }
    };
  }
}
