package dev.serai.debias;

import io.qdrant.client.ValueFactory;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.VectorOutput;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One user's point in Qdrant while events are added to it. Not thread-safe. */
final class ProfilePoint {
  private final ProfileSettings settings;
  private final TreeMap<String, Long> counts = new TreeMap<>();
  private final LastProducts last;
  private final Set<String> remembered = new LinkedHashSet<>();
  private final double[] vector;
  private Instant lastSeen = Instant.MIN;

  ProfilePoint(ProfileSettings settings) {
    this.settings = settings;
    this.last = new LastProducts(settings.lastProducts());
    this.vector = new double[settings.vectorDimension()];
  }

  /**
   * Takes over what is stored.
   *
   * @throws IllegalStateException if its vector has another dimension than the settings say
   */
  void read(RetrievedPoint stored) {
    Map<String, Value> payload = stored.getPayloadMap();
    fields(payload, "counts").forEach((type, count) -> counts.put(type, count.getIntegerValue()));
    for (Value product : list(payload, "last_products")) {
      Map<String, Value> fields = product.getStructValue().getFieldsMap();
      last.see(integer(fields, "product_id"), Instant.parse(text(fields, "time")));
    }
    list(payload, "event_ids").forEach(id -> remembered.add(id.getStringValue()));
    lastSeen = Instant.parse(text(payload, "last_seen"));
    readVector(stored.getVectors().getVector(), payload.get("vector_length"));
  }

  @SuppressWarnings("deprecation") // servers before 1.16 fill only the older field
  private void readVector(VectorOutput stored, @Nullable Value length) {
    List<Float> numbers =
        stored.hasDense() ? stored.getDense().getDataList() : stored.getDataList();
    if (numbers.size() != vector.length) {
      throw new IllegalStateException(
          ("bad-dimension: the collection's vectors have %d numbers, debias.profile.vector-dimension"
                  + " is %d; set it back or delete the collection")
              .formatted(numbers.size(), vector.length));
    }
    // With this distance Qdrant keeps only the direction, so that the length is in the payload.
    double factor = length == null ? 0 : length.getDoubleValue();
    for (int i = 0; i < vector.length; i++) {
      vector[i] = numbers.get(i) * factor;
    }
  }

  /** Adds an event; false if it is known already. */
  boolean add(UserEvent event) {
    if (!remembered.add(event.eventId())) {
      return false;
    }
    counts.merge(event.eventType(), 1L, Long::sum);
    last.see(event.productId(), event.time());
    lastSeen = event.time().isAfter(lastSeen) ? event.time() : lastSeen;
    ProductVectors.add(vector, event.productId(), settings.weightOf(event.eventType()));
    return true;
  }

  PointStruct write(PointId id) {
    List<Value> products =
        last.times().entrySet().stream()
            .map(
                entry ->
                    ValueFactory.value(
                        Map.of(
                            "product_id", ValueFactory.value(entry.getKey()),
                            "time", ValueFactory.value(entry.getValue().toString()))))
            .toList();
    List<Value> ids =
        remembered.stream()
            .skip(Math.max(0, remembered.size() - settings.rememberedEvents()))
            .map(ValueFactory::value)
            .toList();
    return PointStruct.newBuilder()
        .setId(id)
        .setVectors(VectorsFactory.vectors(ProductVectors.direction(vector)))
        .putPayload("user_id", ValueFactory.value(id.getNum()))
        .putPayload("counts", ValueFactory.value(values(counts)))
        .putPayload("last_products", ValueFactory.list(products))
        .putPayload("last_seen", ValueFactory.value(lastSeen.toString()))
        .putPayload("vector_length", ValueFactory.value(ProductVectors.length(vector)))
        .putPayload("event_ids", ValueFactory.list(ids))
        .build();
  }

  Profile profile(long userId) {
    return new Profile(
        userId, counts, last.newestFirst(), lastSeen, ProductVectors.direction(vector));
  }

  private static Map<String, Value> values(Map<String, Long> numbers) {
    return numbers.keySet().stream()
        .collect(
            Collectors.toMap(
                Function.identity(), key -> ValueFactory.value(numbers.getOrDefault(key, 0L))));
  }

  private static Collection<Value> list(Map<String, Value> fields, String name) {
    return field(fields, name).getListValue().getValuesList();
  }

  private static Map<String, Value> fields(Map<String, Value> fields, String name) {
    return field(fields, name).getStructValue().getFieldsMap();
  }

  private static String text(Map<String, Value> fields, String name) {
    return field(fields, name).getStringValue();
  }

  private static long integer(Map<String, Value> fields, String name) {
    return field(fields, name).getIntegerValue();
  }

  private static Value field(Map<String, Value> fields, String name) {
    Value value = fields.get(name);
    if (value == null) {
      throw new IllegalStateException("bad-point: the stored profile has no field " + name);
    }
    return value;
  }
}
