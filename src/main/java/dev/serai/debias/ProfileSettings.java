package dev.serai.debias;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * {@code debias.profile.*}; each key is explained in {@code config/debias.yaml}.
 *
 * @param vectorDimension numbers in a profile's vector, from 1
 * @param lastProducts products a profile names at most
 * @param rememberedEvents ids of events a profile in Qdrant keeps, to know a repeated one
 * @param weights weight of an event in the vector by its type
 * @param otherWeight weight of a type that {@code weights} does not name
 */
@ConfigurationProperties("debias.profile")
record ProfileSettings(
    int vectorDimension,
    int lastProducts,
    int rememberedEvents,
    Map<String, Double> weights,
    double otherWeight) {

  ProfileSettings {
    if (vectorDimension < 1 || lastProducts < 0 || rememberedEvents < 0) {
      throw new IllegalArgumentException(
          "bad-value: debias.profile needs vector-dimension from 1, last-products and"
              + " remembered-events from 0; it has %d, %d, %d"
                  .formatted(vectorDimension, lastProducts, rememberedEvents));
    }
  }

  double weightOf(String eventType) {
    return weights.getOrDefault(eventType, otherWeight);
  }
}
