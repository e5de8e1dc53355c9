package org.blindread.mpc.protocol.twoparty;

import static org.blindread.mpc.protocol.twoparty.Walkthrough.NUMBERS;
import static org.blindread.mpc.protocol.twoparty.Walkthrough.OUTPUTS;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.blindread.mpc.crypto.Prg;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.rlwe.Answer;
import org.blindread.mpc.rlwe.HomomorphicConvolution;
import org.blindread.mpc.rlwe.Layer;
import org.blindread.mpc.rlwe.NoiseBound;
import org.blindread.mpc.rlwe.ParameterSet;
import org.blindread.mpc.rlwe.Parameters;
import org.blindread.mpc.rlwe.SecretKey;
import org.blindread.mpc.rlwe.TilingSearch;
import org.blindread.mpc.tensor.Window;

/// The convolution of [Walkthrough].
record ConvolutionWalk(Walkthrough page) {
  private static final long[] IMAGE = {8, 16, 24, 32, 4, 40, 20, 28, 0, 8, 50, 24, 16, 4, 12, 20};
  private static final long[] FILTER = {12, -3, 20, 5, -30, 3, 7, -1, -8};
  private static final long BIAS = 303;
  private static final int SIDE = 4;
  private static final int TAPS = 3;

  /// Summands of z.
  record Shares(long[] vendor, long[] hospital) {}

  /// z of the four outputs, bias included, in the clear.
  static long[] truth() {
    long[] z = new long[OUTPUTS];
    for (int i = 0; i < OUTPUTS; i++) {
      z[i] = BIAS;
      for (int t = 0; t < FILTER.length; t++) {
        z[i] += FILTER[t] * IMAGE[SIDE * (i / 2 + t / TAPS) + i % 2 + t % TAPS];
      }
    }
    return z;
  }

  /// Coefficients r(K−1−u) of the filter.
  private static long[] filterPolynomial() {
    long[] w = new long[SIDE * SIDE];
    for (int t = 0; t < FILTER.length; t++) {
      int row = TAPS - 1 - t / TAPS;
      int column = TAPS - 1 - t % TAPS;
      w[SIDE * row + column] = FILTER[t];
    }
    return w;
  }

  /// x(X)·w(X).
  private static long[] product(long[] x) {
    long[] w = filterPolynomial();
    long[] product = new long[2 * SIDE * SIDE];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < w.length; j++) {
        product[i + j] += x[i] * w[j];
      }
    }
    return product;
  }

  /// Coefficients r(o+K−1) of the outputs.
  private static int[] positions() {
    int corner = (TAPS - 1) * (SIDE + 1);
    return new int[] {corner, corner + 1, corner + SIDE, corner + SIDE + 1};
  }

  private static String polynomial(long[] coefficients) {
    return IntStream.range(0, coefficients.length)
        .filter(i -> coefficients[i] != 0)
        .mapToObj(
            i ->
                "%s%d%s"
                    .formatted(
                        coefficients[i] < 0 ? "− " : "+ ",
                        Math.abs(coefficients[i]),
                        i == 0 ? "" : i == 1 ? "X" : "X^" + i))
        .collect(Collectors.joining(" "))
        .replaceFirst("^\\+ ", "");
  }

  void packing() {
    for (int row = 0; row < SIDE; row++) {
      page.line(
          "%-12s%s%s",
          row == 0 ? "image x" : "",
          columns(Arrays.copyOfRange(IMAGE, SIDE * row, SIDE * row + SIDE)),
          row == TAPS
              ? ""
              : "        %-10s%s"
                  .formatted(
                      row == 0 ? "filter w" : "",
                      columns(Arrays.copyOfRange(FILTER, TAPS * row, TAPS * row + TAPS))));
    }
    page.line("");
    page.line("x(X) = %s", polynomial(IMAGE));
    page.line("w(X) = %s", polynomial(filterPolynomial()));
    long[] product = product(IMAGE);
    for (int at : positions()) {
      page.line("coefficient %d of x(X)·w(X): %6d", at, product[at]);
    }
    page.end("packing");
  }

  private static String columns(long[] numbers) {
    return Arrays.stream(numbers).mapToObj("%4d"::formatted).collect(Collectors.joining());
  }

  Shares run() throws ProtocolException {
    Prg hospital = new Prg(Walkthrough.seed("hospital"));
    Prg vendor = new Prg(Walkthrough.seed("vendor"));
    long[] x1 = hospital.words(IMAGE.length);
    long[] x0 = new long[IMAGE.length];
    for (int i = 0; i < x0.length; i++) {
      x0[i] = NUMBERS.unsigned(IMAGE[i] - x1[i]);
      x1[i] = NUMBERS.unsigned(x1[i]);
    }
    Parameters parameters = new Parameters(ParameterSet.N4096_Q98, NUMBERS.bits());
    Layer layer = new Layer(List.of(SIDE, SIDE), 1, 1, Window.square(TAPS, 1, 0), 1);
    HomomorphicConvolution step =
        HomomorphicConvolution.of(
            parameters, layer, TilingSearch.cheapest(parameters, layer, /* nanosPerByte= */ 8));
    SecretKey key = SecretKey.generate(parameters, hospital);
    byte[] request = step.request(key, x1, hospital);
    NoiseBound bound = NoiseBound.of(parameters, NUMBERS.fractionBits());
    Answer answer =
        step.answer(step.weights(FILTER, bound), key.publicKey(hospital), request, vendor);
    long[] y1 = step.finish(key, answer.message());
    long[] own = product(x0);
    long[] z0 = new long[OUTPUTS];
    long[] sum = new long[OUTPUTS];
    for (int i = 0; i < OUTPUTS; i++) {
      z0[i] = NUMBERS.unsigned(own[positions()[i]] + answer.share()[i] + BIAS);
      sum[i] = NUMBERS.signed(z0[i] + y1[i]);
    }
    page.line("vendor    x_0 of the first row          %s", Arrays.toString(first(x0)));
    page.line("hospital  x_1 of the first row          %s", Arrays.toString(first(x1)));
    page.line("round 1   hospital to vendor            %,d bytes", request.length);
    page.line("round 2   vendor to hospital            %,d bytes", answer.message().length);
    page.line("vendor    r, its share of W·x_1         %s", Arrays.toString(answer.share()));
    page.line("hospital  z_1 = W·x_1 − r, decrypted    %s", Arrays.toString(y1));
    page.line("vendor    z_0 = W·x_0 + r + bias        %s", Arrays.toString(z0));
    page.line("nobody    z = z_0 + z_1 mod 2^16        %s", Arrays.toString(sum));
    page.line("");
    page.line("%s", bound.describe(OUTPUTS));
    page.end("convolution");
    return new Shares(z0, y1);
  }

  private static long[] first(long[] values) {
    return Arrays.copyOf(values, SIDE);
  }
}
