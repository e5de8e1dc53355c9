package org.blindread.mpc.rlwe;

import org.blindread.mpc.tensor.kernel.PrimeField;

/// From integers to residues: numbers of two words, read as signed, modulo the primes of q.
final class WideReduction {
  private final Modulus modulus;
  private final PrimeField.Factor[] ones;
  private final PrimeField.Factor[] words;

  WideReduction(Modulus modulus) {
    this.modulus = modulus;
    ones = new PrimeField.Factor[modulus.primes()];
    words = new PrimeField.Factor[modulus.primes()];
    for (int i = 0; i < ones.length; i++) {
      PrimeField field = modulus.field(i);
      ones[i] = PrimeField.Factor.of(field, 1);
      words[i] = PrimeField.Factor.of(field, field.power(2, Long.SIZE));
    }
  }

  /// Number `n` modulo prime `i`, centred.
  double residue(Wide numbers, int n, int i) {
    PrimeField field = modulus.field(i);
    long residue =
        field.add(ones[i].times(numbers.low()[n]), words[i].timesSigned(numbers.high()[n]));
    return field.centred(residue);
  }

  /// The element whose coefficients are N numbers.
  double[] element(Wide numbers) {
    double[] element = new double[modulus.length()];
    for (int i = 0; i < modulus.primes(); i++) {
      for (int j = 0; j < modulus.degree(); j++) {
        element[i * modulus.degree() + j] = residue(numbers, j, i);
      }
    }
    return element;
  }
}
