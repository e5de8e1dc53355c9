package org.blindread.mpc.protocol.twoparty;

import java.util.Optional;
import org.blindread.mpc.net.ProtocolException;
import org.blindread.mpc.rlwe.Answer;
import org.blindread.mpc.rlwe.HomomorphicConvolution;
import org.blindread.mpc.rlwe.LayerWeights;
import org.blindread.mpc.rlwe.PublicKey;
import org.blindread.mpc.rlwe.SecretKey;

/// A layer under homomorphic encryption, see [HomomorphicConvolution]: the hospital sends x
/// encrypted, the vendor replies. 2 rounds.
///
/// @param keys of the session
/// @param convolution the layer
/// @param weights at the vendor
record HomomorphicLinear(
    Keys keys, HomomorphicConvolution convolution, Optional<LayerWeights> weights)
    implements Linear {

  /// What a party holds of the hospital's keys.
  ///
  /// @param secret at the hospital
  /// @param open at the vendor
  record Keys(Optional<SecretKey> secret, Optional<PublicKey> open) {
    @Override
    public String toString() {
      return "Keys[hidden]";
    }
  }

  static void script(HomomorphicConvolution convolution, Script script) {
    script.exchange(0, convolution.workload().bytesUp());
    script.exchange(convolution.workload().bytesDown(), 0);
  }

  @Override
  public long[] vendor(Dialogue talk) throws ProtocolException {
    byte[] request = talk.wire().receiveBytes(Math.toIntExact(convolution.workload().bytesUp()));
    Answer answer =
        convolution.answer(
            weights.orElseThrow(), keys.open().orElseThrow(), request, talk.secrets());
    talk.wire().sendBytes(answer.message());
    return answer.share();
  }

  @Override
  public long[] hospital(Dialogue talk, long[] x) throws ProtocolException {
    SecretKey key = keys.secret().orElseThrow();
    talk.wire().sendBytes(convolution.request(key, x, talk.secrets()));
    byte[] answer = talk.wire().receiveBytes(Math.toIntExact(convolution.workload().bytesDown()));
    return convolution.finish(key, answer);
  }
}
