package dev.serai.debias;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns products into directions without a model: each product's is hashed from its id, so it is
 * the same in every process and version, and two products' are nearly at right angles.
 */
final class ProductVectors {
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private ProductVectors() {}

  /** Adds {@code weight} times the product's direction, which has length 1, to {@code sum}. */
  static void add(double[] sum, long productId, double weight) {
    double part = weight / Math.sqrt(sum.length);
    long bits = 0;
    for (int i = 0; i < sum.length; i++) {
      if (i % Long.SIZE == 0) {
        bits = mix(mix(productId) + (i / Long.SIZE + 1) * STEP);
      }
      sum[i] += (bits & 1) == 0 ? part : -part;
      bits >>>= 1;
    }
  }

  static double length(double[] vector) {
    double squares = 0;
    for (double value : vector) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }

  /** The same direction with length 1; one without a direction stays all 0. */
  static List<Float> direction(double[] vector) {
    double length = length(vector);
    List<Float> direction = new ArrayList<>(vector.length);
    for (double value : vector) {
      direction.add(length == 0 ? 0f : (float) (value / length));
    }
    return direction;
  }

  /** The last step of SplitMix64: every bit of the input changes about half of the output. */
  private static long mix(long value) {
    long z = value + STEP;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
