package dev.serai.packs;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.impl.engine.DefaultRoutesLoader;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.spi.RoutesLoader;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What each file has put into Camel, so that it can be taken out again whole. Not thread-safe.
 *
 * <p>Camel itself does not know it for routes made from templates, and forgets it after an advice;
 * so what is new after a file was loaded is that file's.
 */
@Component
class LiveRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);
  private static final List<String> CONSUMING = List.of("spring-rabbitmq:", "ordered:");

  private final CamelContext camel;
  private final Model model;
  private final ConsumerChoice consumers;
  private final MeterRegistry meters;
  private final Map<String, FilePart> parts = new HashMap<>();
  private final OperatedRoutes operated;

  LiveRoutes(CamelContext camel, ConsumerChoice consumers, MeterRegistry meters) {
    this.meters = meters;
    this.camel = camel;
    this.consumers = consumers;
    this.operated = new OperatedRoutes(camel.getRouteController());
    this.model = camel.getCamelContextExtension().getContextPlugin(Model.class);
    model.setRouteFilter(this::prepare);
  }

  /**
   * Camel asks this of every route before it is added.
   *
   * @throws IllegalStateException it would take the place of another file's route
   */
  private boolean prepare(RouteDefinition route) {
    model.getRouteConfigurationDefinitions().forEach(policy -> KameletUses.name(camel, policy));
    KameletUses.name(route);
    parts.forEach(
        (path, part) -> {
          if (part.hasOther(route)) {
            throw new IllegalStateException(
                "%s has a route with the id %s".formatted(path, route.getRouteId()));
          }
        });
    KameletUses.makeRoutes(camel, route);
    boolean foreign =
        CONSUMING.stream().anyMatch(route.getInput().getEndpointUri()::startsWith)
            && !consumers.includes(route.getRouteId())
            && !operated.isStarted(route.getRouteId());
    if (foreign || operated.isStopped(route.getRouteId())) {
      route.setAutoStartup("false");
    }
    return true;
  }

  /**
   * Loads a file and starts its routes.
   *
   * @throws Exception what Camel says when one cannot be built or does not start; the file may be
   *     in by half then and must be unloaded
   */
  void load(String path, byte[] bytes) throws Exception {
    FilePart before = FilePart.of(model);
    RoutesLoader loader = PluginHelper.getRoutesLoader(camel);
    try {
      loader.loadRoutes(ResourceHelper.fromBytes("file:" + path, bytes));
      model.getRouteConfigurationDefinitions().forEach(policy -> KameletUses.name(camel, policy));
      KameletUses.dropDoubles(camel);
    } catch (Exception | LinkageError | StackOverflowError e) {
      forgetWhatWasRead();
      throw e;
    } finally {
      parts.put(path, FilePart.of(model).without(before));
    }
    parts.getOrDefault(path, before).requirePolicies();
    for (String id : routeIds(path)) {
      ServiceStatus status = camel.getRouteController().getRouteStatus(id);
      if (status != ServiceStatus.Started && startsItself(id)) {
        throw new IllegalStateException("the route " + id + " is " + status + " after its start");
      }
    }
    KameletUses.check(camel);
  }

  /**
   * Camel's loader of YAML believes to have made the beans of a file that failed, and would leave
   * them out of the next one that has them.
   */
  private void forgetWhatWasRead() {
    camel
        .getCamelContextExtension()
        .addContextPlugin(RoutesLoader.class, new DefaultRoutesLoader(camel));
  }

  private boolean startsItself(String id) {
    RouteDefinition definition = model.getRouteDefinition(id);
    return definition == null || !"false".equals(definition.getAutoStartup());
  }

  /** Stops and removes all that a file has put in; nothing when it is not loaded. */
  void unload(String path) throws Exception {
    FilePart part = parts.get(path);
    if (part == null) {
      return;
    }
    List<RouteDefinition> made = madeByMessages(path, part);
    List<String> gone =
        Stream.concat(part.routes().stream(), made.stream())
            .map(RouteDefinition::getRouteId)
            .toList();
    KameletUses.forget(camel, kamelet -> gone.contains(kamelet.getRouteId()));
    made.forEach(this::remove);
    part.routes().forEach(this::remove);
    for (RouteTemplateDefinition template : part.templates()) {
      model.removeRouteTemplateDefinition(template);
    }
    for (RouteConfigurationDefinition policy : part.policies()) {
      model.removeRouteConfiguration(policy);
    }
    model.getRestDefinitions().removeAll(part.rests());
    model.getCustomBeans().removeAll(part.beans());
    part.beans().forEach(bean -> camel.getRegistry().unbind(bean.getName()));
    parts.remove(path);
  }

  /**
   * Routes of no file, which messages have made of kamelets: of those of this file, and of those
   * that no other file calls by a computed address.
   */
  private List<RouteDefinition> madeByMessages(String path, FilePart part) {
    Set<String> kamelets = new HashSet<>(part.computedKamelets());
    Set<RouteDefinition> owned = Collections.newSetFromMap(new IdentityHashMap<>());
    parts.forEach(
        (other, its) -> {
          owned.addAll(its.routes());
          if (!other.equals(path)) {
            kamelets.removeAll(its.computedKamelets());
          }
        });
    part.templates().forEach(template -> kamelets.add(template.getId()));
    return model.getRouteDefinitions().stream()
        .filter(route -> !owned.contains(route))
        .filter(route -> kamelets.stream().anyMatch(name -> KameletUses.isOf(name, route)))
        .toList();
  }

  /** One that does not stop cleanly must not keep the others in, nor its definition. */
  private void remove(RouteDefinition route) {
    try {
      camel.getRouteController().stopRoute(route.getRouteId());
      camel.removeRoute(route.getRouteId());
      model.removeRouteDefinition(route);
    } catch (Exception e) {
      LOG.error("The route {} did not stop cleanly", route.getRouteId(), e);
    }
    model.getRouteDefinitions().removeIf(known -> known == route);
  }

  /** Ids of the routes that a file has put in. */
  List<String> routeIds(String path) {
    FilePart part = parts.get(path);
    return part == null
        ? List.of()
        : part.routes().stream().map(RouteDefinition::getRouteId).toList();
  }

  /** The same of several files. */
  List<String> routeIds(Collection<String> paths) {
    return paths.stream().flatMap(path -> routeIds(path).stream()).toList();
  }

  /** What brings messages into the routes of a file, where it runs. */
  List<Consumer> consumers(String path) {
    return routeIds(path).stream()
        .map(camel::getRoute)
        .filter(route -> route != null)
        .map(Route::getConsumer)
        .toList();
  }

  /** Takes away what was counted of routes that are no more, and what somebody did with them. */
  void forget(Collection<String> gone) {
    operated.forget(gone);
    meters.getMeters().stream()
        .filter(meter -> gone.contains(meter.getId().getTag("route")))
        .forEach(meters::remove);
  }

  /** Whether a consumer is that of a route which is loaded now. */
  boolean has(Consumer consumer) {
    return camel.getRoutes().stream().anyMatch(route -> route.getConsumer() == consumer);
  }

  /** Exchanges that are on their way in a route now. */
  int inflight(String routeId) {
    return camel.getInflightRepository().size(routeId);
  }

  /** Routes of these files that somebody has stopped or started stay so when loaded again. */
  void keepOperated(Collection<String> paths) {
    operated.note(routeIds(paths), this::startsItself);
  }
}
