package org.blindread.mpc.tensor.kernel;

/// The inner loops, in one scalar and one vector form that give identical bits.
///
/// The facades [RingConvolution], [RealConvolution] and [BitSlice] check arguments, copy edges and
/// pack weights; what arrives here is valid. Ring arithmetic wraps at the width of the element.
/// Forms may differ only in the width of a packed panel, so weights packed for one form go to that
/// form alone.
interface Kernels {
  /// Values in one block of [BitSlice]: 8 words of 64 bits.
  int BLOCK = 512;

  /// The loops over bit planes in the same form.
  PlaneLoops planes();

  /// The loops over elements of 128 bits in the same form.
  BlockLoops blocks();

  /// The loops of a truncating selection in the same form.
  SelectionLoops selections();

  /// The loops of a number-theoretic transform in the same form.
  NttLoops ntt(NttRoot root);

  /// Output channels in a panel of packed `long` weights, see [Panels].
  int longPanel();

  /// Output channels in a panel of packed `int` weights.
  int intPanel();

  /// Output channels in a panel of packed `float` weights.
  int floatPanel();

  /// Adds block `block` of the walk, for one panel, to the output: for every pixel p and lane m
  /// `output[p·stride + outputFrom + m] += Σ_k input[inputFrom + at(p, k)] · weights[weightsFrom +
  /// k·panel + m]`; block 0 starts from zero.
  ///
  /// @param lanes output channels the panel really has, 1 … panel
  void multiply(
      long[] weights,
      int weightsFrom,
      long[] input,
      int inputFrom,
      Walk walk,
      int block,
      long[] output,
      int outputFrom,
      int stride,
      int lanes);

  /// As above modulo 2^32.
  void multiply(
      int[] weights,
      int weightsFrom,
      int[] input,
      int inputFrom,
      Walk walk,
      int block,
      int[] output,
      int outputFrom,
      int stride,
      int lanes);

  /// As above with `Math.fma` in ascending k.
  void multiply(
      float[] weights,
      int weightsFrom,
      float[] input,
      int inputFrom,
      Walk walk,
      int block,
      float[] output,
      int outputFrom,
      int stride,
      int lanes);

  /// One filter a channel: `output[p·channels + c] = Σ_t input[at(p, t) + c] · weights[t·channels +
  /// c]`, t over the segments of the walk.
  void channelwise(long[] weights, long[] input, Walk walk, int channels, long[] output);

  /// As above modulo 2^32.
  void channelwise(int[] weights, int[] input, Walk walk, int channels, int[] output);

  /// As above with `Math.fma` in ascending t.
  void channelwise(float[] weights, float[] input, Walk walk, int channels, float[] output);

  /// Slices whole blocks: bit `lowBit + i` of value `512·b + 8k + j` becomes bit k of
  /// `planes[planesFrom + i·planeWords + 8b + j]`.
  void slice(
      long[] values,
      int from,
      int blocks,
      int lowBit,
      int bits,
      long[] planes,
      int planesFrom,
      int planeWords);

  /// Spreads whole blocks of one plane to 0 or 1 a value.
  void spread(long[] plane, int planeFrom, int blocks, long[] out, int outFrom);
}
