package dev.serai.debias;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Collections.CollectionOperationResponse;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.CollectionsGrpc;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.DenseVector;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.GetResponse;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointsOperationResponse;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.UpdateResult;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.Points.VectorOutput;
import io.qdrant.client.grpc.Points.VectorsOutput;
import io.qdrant.client.grpc.PointsGrpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * As much of Qdrant as the profiles use, over gRPC: collections by name with one vector each, kept
 * as direction only when the distance is Cosine, points by id.
 */
final class QdrantServer implements AutoCloseable {
  private final Map<String, VectorParams> collections = new ConcurrentHashMap<>();
  private final Map<PointId, RetrievedPoint> points = new ConcurrentHashMap<>();
  private final AtomicInteger upserts = new AtomicInteger();
  private final Server server;

  QdrantServer() throws IOException {
    this.server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(new OfCollections())
            .addService(new OfPoints())
            .build()
            .start();
  }

  int port() {
    return server.getPort();
  }

  Map<String, VectorParams> collections() {
    return Map.copyOf(collections);
  }

  Map<PointId, RetrievedPoint> points() {
    return Map.copyOf(points);
  }

  int upserts() {
    return upserts.get();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private static <T> void answer(StreamObserver<T> caller, T answer) {
    caller.onNext(answer);
    caller.onCompleted();
  }

  private boolean exists(String collection, StreamObserver<?> caller) {
    boolean exists = collections.containsKey(collection);
    if (!exists) {
      caller.onError(
          Status.NOT_FOUND
              .withDescription("Not found: Collection `" + collection + "` doesn't exist!")
              .asRuntimeException());
    }
    return exists;
  }

  private final class OfCollections extends CollectionsGrpc.CollectionsImplBase {
    @Override
    public void create(
        CreateCollection request, StreamObserver<CollectionOperationResponse> caller) {
      if (collections.putIfAbsent(
              request.getCollectionName(), request.getVectorsConfig().getParams())
          != null) {
        caller.onError(Status.ALREADY_EXISTS.asRuntimeException());
        return;
      }
      answer(caller, CollectionOperationResponse.newBuilder().setResult(true).build());
    }
  }

  private final class OfPoints extends PointsGrpc.PointsImplBase {
    @Override
    public void upsert(UpsertPoints request, StreamObserver<PointsOperationResponse> caller) {
      if (!exists(request.getCollectionName(), caller)) {
        return;
      }
      VectorParams params =
          collections.getOrDefault(request.getCollectionName(), VectorParams.getDefaultInstance());
      request.getPointsList().forEach(point -> points.put(point.getId(), stored(point, params)));
      upserts.incrementAndGet();
      answer(
          caller,
          PointsOperationResponse.newBuilder()
              .setResult(UpdateResult.newBuilder().setStatus(UpdateStatus.Completed))
              .build());
    }

    @Override
    public void get(GetPoints request, StreamObserver<GetResponse> caller) {
      if (!exists(request.getCollectionName(), caller)) {
        return;
      }
      List<RetrievedPoint> found =
          request.getIdsList().stream()
              .filter(points::containsKey)
              .map(points::get)
              .map(point -> asked(point, request))
              .toList();
      answer(caller, GetResponse.newBuilder().addAllResult(found).build());
    }

    private static RetrievedPoint asked(RetrievedPoint point, GetPoints request) {
      RetrievedPoint.Builder asked = point.toBuilder();
      if (!request.getWithPayload().getEnable()) {
        asked.clearPayload();
      }
      if (!request.getWithVectors().getEnable()) {
        asked.clearVectors();
      }
      return asked.build();
    }
  }

  private static RetrievedPoint stored(PointStruct point, VectorParams params) {
    List<Float> given = point.getVectors().getVector().getDense().getDataList();
    double length = Math.sqrt(given.stream().mapToDouble(value -> value * value).sum());
    boolean direction = params.getDistance() == Distance.Cosine && length > 0;
    DenseVector kept =
        DenseVector.newBuilder()
            .addAllData(given.stream().map(v -> direction ? (float) (v / length) : v).toList())
            .build();
    return RetrievedPoint.newBuilder()
        .setId(point.getId())
        .putAllPayload(point.getPayloadMap())
        .setVectors(VectorsOutput.newBuilder().setVector(VectorOutput.newBuilder().setDense(kept)))
        .build();
  }
}
