package dev.serai.debias;

import io.qdrant.client.PointIdFactory;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * The profiles as points of Qdrant, one per user: what the route hands to {@code qdrant:} and what
 * it gets back. Bean {@code debiasQdrantProfiles}; thread-safe.
 */
@Component("debiasQdrantProfiles")
public class QdrantProfiles {
  private final ProfileSettings settings;

  QdrantProfiles(ProfileSettings settings) {
    this.settings = settings;
  }

  /** How the collection's vectors are measured: by the angle between them. */
  public VectorParams vectors() {
    return VectorParams.newBuilder()
        .setDistance(Distance.Cosine)
        .setSize(settings.vectorDimension())
        .build();
  }

  /** No points: what a collection holds that does not exist. */
  public List<RetrievedPoint> none() {
    return List.of();
  }

  /** The points of the users of these events, each once. */
  public List<PointId> ids(List<UserEvent> events) {
    return events.stream()
        .map(UserEvent::userId)
        .distinct()
        .sorted()
        .map(PointIdFactory::id)
        .toList();
  }

  /** The point of one user: the user's number itself, where a negative one counts as unsigned. */
  public List<PointId> idOf(long userId) {
    return List.of(PointIdFactory.id(userId));
  }

  /**
   * Adds events to points.
   *
   * @param stored the points of their users as they are now; a user without one is new
   * @return the points as they must be stored; without those of users to whom nothing was new
   */
  public List<PointStruct> add(List<UserEvent> events, List<RetrievedPoint> stored) {
    Map<Long, RetrievedPoint> points =
        stored.stream()
            .collect(Collectors.toMap(point -> point.getId().getNum(), Function.identity()));
    return events.stream().collect(Collectors.groupingBy(UserEvent::userId)).entrySet().stream()
        .flatMap(
            user ->
                add(user.getKey(), user.getValue(), Optional.ofNullable(points.get(user.getKey())))
                    .stream())
        .toList();
  }

  private Optional<PointStruct> add(
      long userId, List<UserEvent> events, Optional<RetrievedPoint> stored) {
    ProfilePoint point = new ProfilePoint(settings);
    stored.ifPresent(point::read);
    long added = events.stream().filter(point::add).count();
    return added == 0 ? Optional.empty() : Optional.of(point.write(PointIdFactory.id(userId)));
  }

  /** The profile in the points that were found for one user; empty when there is none. */
  public Optional<Profile> profile(List<RetrievedPoint> found) {
    return found.stream()
        .findFirst()
        .map(
            stored -> {
              ProfilePoint point = new ProfilePoint(settings);
              point.read(stored);
              return point.profile(stored.getId().getNum());
            });
  }
}
