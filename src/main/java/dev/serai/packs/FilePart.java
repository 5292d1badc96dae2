package dev.serai.packs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.model.BeanFactoryDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.rest.RestDefinition;

/** What one file has put into Camel's model. */
record FilePart(
    List<RouteDefinition> routes,
    List<RouteTemplateDefinition> templates,
    List<RouteConfigurationDefinition> policies,
    List<RestDefinition> rests,
    List<BeanFactoryDefinition<?>> beans) {

  /** All that is in the model. */
  static FilePart of(Model model) {
    return new FilePart(
        new ArrayList<>(model.getRouteDefinitions()),
        new ArrayList<>(model.getRouteTemplateDefinitions()),
        new ArrayList<>(model.getRouteConfigurationDefinitions()),
        new ArrayList<>(model.getRestDefinitions()),
        new ArrayList<>(model.getCustomBeans()));
  }

  /** The same without what was there before. */
  FilePart without(FilePart before) {
    return new FilePart(
        rest(routes, before.routes),
        rest(templates, before.templates),
        rest(policies, before.policies),
        rest(rests, before.rests),
        rest(beans, before.beans));
  }

  /** Whether one of its routes is another with the same id. */
  boolean hasOther(RouteDefinition route) {
    return routes.stream()
        .anyMatch(other -> other != route && other.getRouteId().equals(route.getRouteId()));
  }

  /** Names of the kamelets that its routes call by addresses which messages compute. */
  Set<String> computedKamelets() {
    return routes.stream()
        .flatMap(route -> KameletUses.computed(route).stream())
        .collect(Collectors.toSet());
  }

  private static <T> List<T> rest(Collection<T> all, Collection<T> before) {
    Set<T> known = Collections.newSetFromMap(new IdentityHashMap<>());
    known.addAll(before);
    return all.stream().filter(item -> !known.contains(item)).toList();
  }

  /**
   * Camel lets a route whose policy is not there run without one.
   *
   * @throws IllegalStateException there is such a route
   */
  void requirePolicies() {
    for (RouteDefinition route : routes) {
      Set<String> applied = route.getAppliedRouteConfigurationIds();
      if (route.getRouteConfigurationId() != null && (applied == null || applied.isEmpty())) {
        throw new IllegalStateException(
            "the policy %s of the route %s is not loaded"
                .formatted(route.getRouteConfigurationId(), route.getRouteId()));
      }
    }
  }
}
