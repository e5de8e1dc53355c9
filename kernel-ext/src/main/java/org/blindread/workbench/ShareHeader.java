package org.blindread.workbench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.blindread.mpc.net.Party;

/// What stands at the head of a party's share file: whose shares of which run these are.
///
/// @param bits ring width ℓ, 16 … 64
/// @param scale fraction bits of a score, 0 … ℓ−2
/// @param party whose shares these are
/// @param run the run's public name, the same at all parties: 1 … 64 letters, digits, hyphens
/// @param findings what each image has shares of, in order; 1 … 1000
public record ShareHeader(int bits, int scale, Party party, String run, List<String> findings) {
  private static final int FINDINGS = 1000;

  /// @throws IllegalArgumentException naming the field that is out of range
  public ShareHeader {
    findings = List.copyOf(findings);
    if (bits < 16 || bits > 64) {
      throw new IllegalArgumentException("ring width must be 16 … 64 bits, not " + bits);
    }
    if (scale < 0 || scale > bits - 2) {
      throw new IllegalArgumentException(
          "scale must be 0 … %d at %d bits, not %d".formatted(bits - 2, bits, scale));
    }
    if (!run.matches("[A-Za-z0-9-]{1,64}")) {
      throw new IllegalArgumentException("a run is named by 1 to 64 letters, digits and hyphens");
    }
    if (findings.isEmpty() || findings.size() > FINDINGS) {
      throw new IllegalArgumentException("a run has 1 to 1000 findings, not " + findings.size());
    }
    for (String finding : findings) {
      if (finding.isEmpty() || finding.length() > 64) {
        throw new IllegalArgumentException("a finding's name has 1 to 64 characters");
      }
    }
  }

  byte[] encode() {
    List<byte[]> texts = new ArrayList<>();
    texts.add(party.name().getBytes(StandardCharsets.UTF_8));
    texts.add(run.getBytes(StandardCharsets.UTF_8));
    findings.forEach(finding -> texts.add(finding.getBytes(StandardCharsets.UTF_8)));
    int length = 4 + texts.stream().mapToInt(text -> 2 + text.length).sum();
    ByteBuffer out = ByteBuffer.allocate(length);
    out.put((byte) bits).put((byte) scale).putShort((short) findings.size());
    texts.forEach(text -> out.putShort((short) text.length).put(text));
    return out.array();
  }

  /// @throws IllegalArgumentException if the bytes are not a header
  static ShareHeader decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (bytes.length < 4) {
      throw new IllegalArgumentException("it is too short");
    }
    int bits = in.get();
    int scale = in.get();
    int count = in.getShort();
    Party party = new Party(text(in));
    String run = text(in);
    List<String> findings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      findings.add(text(in));
    }
    if (in.hasRemaining()) {
      throw new IllegalArgumentException("it is too long");
    }
    return new ShareHeader(bits, scale, party, run, findings);
  }

  private static String text(ByteBuffer in) {
    int length = in.remaining() < 2 ? -1 : in.getShort();
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException("a text in it runs over the end");
    }
    byte[] text = new byte[length];
    in.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
