package dev.serai.debias;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProductVectorsTest {

  @Test
  void gives_a_product_the_same_direction_in_every_version() {
    double[] first = new double[8];
    ProductVectors.add(first, 456, 1);

    assertThat(IntStream.range(0, 8).map(i -> first[i] > 0 ? 1 : 0).boxed().toList())
        .isEqualTo(List.of(0, 0, 0, 1, 0, 0, 1, 0));
    assertThat(ProductVectors.length(first)).isCloseTo(1, within(1e-9));
  }

  @Test
  void keeps_products_apart() {
    for (long product = 0; product < 100; product++) {
      double[] one = new double[256];
      double[] next = new double[256];
      ProductVectors.add(one, product, 1);
      ProductVectors.add(next, product + 1, 1);

      double cosine = IntStream.range(0, 256).mapToDouble(i -> one[i] * next[i]).sum();
      assertThat(cosine).isCloseTo(0, within(0.3));
    }
  }

  @Test
  void leaves_a_vector_without_weight_at_zero() {
    double[] sum = new double[3];
    ProductVectors.add(sum, 456, 0);

    assertThat(ProductVectors.direction(sum)).containsExactly(0f, 0f, 0f);
  }
}
