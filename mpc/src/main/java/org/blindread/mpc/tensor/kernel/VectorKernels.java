package org.blindread.mpc.tensor.kernel;

import jdk.incubator.vector.LongVector;

/// The loops on the Vector API, in the widest registers of the machine.
final class VectorKernels implements Kernels {
  /// Bits of the machine's vector registers as the JVM sees them; 64 means there are none.
  static int registerBits() {
    return LongVector.SPECIES_PREFERRED.vectorBitSize();
  }

  @Override
  public SelectionLoops selections() {
    return new VectorSelections();
  }

  @Override
  public NttLoops ntt(NttRoot root) {
    return new VectorNtt(root);
  }

  @Override
  public PlaneLoops planes() {
    return new VectorPlanes();
  }

  @Override
  public BlockLoops blocks() {
    return new VectorBlocks();
  }

  @Override
  public int longPanel() {
    return VectorLongTiles.PANEL;
  }

  @Override
  public int intPanel() {
    return VectorIntTiles.PANEL;
  }

  @Override
  public int floatPanel() {
    return VectorFloatTiles.PANEL;
  }

  @Override
  public void multiply(
      long[] weights,
      int weightsFrom,
      long[] input,
      int inputFrom,
      Walk walk,
      int block,
      long[] output,
      int outputFrom,
      int stride,
      int lanes) {
    VectorLongTiles.multiply(
        weights, weightsFrom, input, inputFrom, walk, block, output, outputFrom, stride, lanes);
  }

  @Override
  public void channelwise(long[] weights, long[] input, Walk walk, int channels, long[] output) {
    VectorLongTiles.channelwise(weights, input, walk, channels, output);
  }

  @Override
  public void multiply(
      int[] weights,
      int weightsFrom,
      int[] input,
      int inputFrom,
      Walk walk,
      int block,
      int[] output,
      int outputFrom,
      int stride,
      int lanes) {
    VectorIntTiles.multiply(
        weights, weightsFrom, input, inputFrom, walk, block, output, outputFrom, stride, lanes);
  }

  @Override
  public void channelwise(int[] weights, int[] input, Walk walk, int channels, int[] output) {
    VectorIntTiles.channelwise(weights, input, walk, channels, output);
  }

  @Override
  public void multiply(
      float[] weights,
      int weightsFrom,
      float[] input,
      int inputFrom,
      Walk walk,
      int block,
      float[] output,
      int outputFrom,
      int stride,
      int lanes) {
    VectorFloatTiles.multiply(
        weights, weightsFrom, input, inputFrom, walk, block, output, outputFrom, stride, lanes);
  }

  @Override
  public void channelwise(float[] weights, float[] input, Walk walk, int channels, float[] output) {
    VectorFloatTiles.channelwise(weights, input, walk, channels, output);
  }

  @Override
  public void slice(
      long[] values,
      int from,
      int blocks,
      int lowBit,
      int bits,
      long[] planes,
      int planesFrom,
      int planeWords) {
    VectorBits.slice(values, from, blocks, lowBit, bits, planes, planesFrom, planeWords);
  }

  @Override
  public void spread(long[] plane, int planeFrom, int blocks, long[] out, int outFrom) {
    VectorBits.spread(plane, planeFrom, blocks, out, outFrom);
  }
}
