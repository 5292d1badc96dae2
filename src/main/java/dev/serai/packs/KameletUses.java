package dev.serai.packs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.component.kamelet.Kamelet;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.KameletDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.spi.LifecycleStrategy;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Where routes use kamelets. Camel makes one endpoint, and a route behind it, for all uses that are
 * written alike; so each use is given a name of its own here, and no file depends on the route that
 * another one has brought.
 */
final class KameletUses {
  /** Without a name of its own after a slash. */
  private static final Pattern SHARED = Pattern.compile("(kamelet:(?://)?[^/?]+)(\\?.*)?");

  private static final Pattern NAME = Pattern.compile("\\bkamelet:(?://)?([^/?$ ,]+)");

  private KameletUses() {}

  /**
   * Names each use in a route: the route's id and, after a colon, which no id of a file has, the
   * step's number.
   */
  static void name(RouteDefinition route) {
    FromDefinition from = route.getInput();
    if (from.getEndpoint() == null) {
      from.setUri(named(from.getUri(), route.getRouteId() + ":from"));
    }
    name(route.getOutputs(), route.getRouteId());
  }

  /**
   * Makes the routes of the kamelets that have the steps after them for their own, so that one
   * which cannot be made fails before the route is added: Camel cannot take it out then, see below.
   */
  static void makeRoutes(CamelContext camel, RouteDefinition route) {
    if (route.getTemplateParameters() == null) {
      ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), KameletDefinition.class)
          .forEach(step -> camel.getEndpoint("kamelet:" + step.getName()));
    }
  }

  /**
   * Names each use in a policy and makes its route, which is then the policy's: all routes with
   * that policy share it.
   */
  static void name(CamelContext camel, RouteConfigurationDefinition policy) {
    List<ProcessorDefinition<?>> steps = new ArrayList<>(policy.getOnExceptions());
    steps.addAll(policy.getOnCompletions());
    steps.addAll(policy.getIntercepts());
    steps.addAll(policy.getInterceptFroms());
    steps.addAll(policy.getInterceptSendTos());
    name(steps, policy.getId()).forEach(camel::getEndpoint);
  }

  /** Returns the new addresses of those that had no name yet. */
  private static List<String> name(List<ProcessorDefinition<?>> steps, String owner) {
    sendInstead(steps);
    List<String> uses = new ArrayList<>();
    int number = 0;
    for (ProcessorDefinition<?> step :
        ProcessorDefinitionHelper.filterTypeInOutputs(steps, ProcessorDefinition.class)) {
      number++;
      String name = owner + ":" + number;
      String before = "";
      String after = "";
      if (step instanceof KameletDefinition kamelet) {
        before = "kamelet:" + kamelet.getName();
        after = named(before, name);
        kamelet.setName(after.substring("kamelet:".length()));
      } else if (step instanceof SendDefinition<?> send && send.getUri() != null) {
        before = send.getUri();
        after = named(before, name);
        send.setUri(after);
      }
      if (!after.equals(before)) {
        uses.add(after);
      }
    }
    return uses;
  }

  /**
   * Makes a step {@code to: kamelet:…} of each step {@code kamelet:} that has no steps of its own.
   * It does the same, and can be taken out when it did not start; Camel's own step then throws
   * (KameletProcessor.doShutdown), and keeps what it called when it did.
   */
  private static void sendInstead(List<ProcessorDefinition<?>> steps) {
    for (int i = 0; i < steps.size(); i++) {
      ProcessorDefinition<?> step = steps.get(i);
      if (step instanceof KameletDefinition kamelet && kamelet.getOutputs().isEmpty()) {
        ToDefinition send = new ToDefinition("kamelet:" + kamelet.getName());
        send.setCamelContext(kamelet.getCamelContext());
        send.setParent(kamelet.getParent());
        send.setId(kamelet.getId());
        send.setDescription(kamelet.getDescription());
        send.setNote(kamelet.getNote());
        send.setDisabled(kamelet.getDisabled());
        send.setLocation(kamelet.getLocation());
        send.setLineNumber(kamelet.getLineNumber());
        steps.set(i, send);
      } else if (step instanceof ChoiceDefinition choice) { // its outputs are a copy
        choice.getWhenClauses().forEach(when -> sendInstead(when.getOutputs()));
        if (choice.getOtherwise() != null) {
          sendInstead(choice.getOtherwise().getOutputs());
        }
      } else {
        sendInstead(step.getOutputs());
        if (step instanceof CircuitBreakerDefinition breaker && breaker.getOnFallback() != null) {
          sendInstead(breaker.getOnFallback().getOutputs());
        }
      }
    }
  }

  /** Names of the kamelets that steps of a route call by an address that each message computes. */
  static Set<String> computed(RouteDefinition route) {
    Set<String> names = new HashSet<>();
    for (ProcessorDefinition<?> step :
        ProcessorDefinitionHelper.filterTypeInOutputs(
            route.getOutputs(), ProcessorDefinition.class)) {
      String address = "";
      if (step instanceof ToDynamicDefinition send) {
        address = send.getUri();
      } else if (step instanceof ExpressionNode node && node.getExpression() != null) {
        address = node.getExpression().getExpression();
      }
      if (address != null) {
        NAME.matcher(address).results().forEach(found -> names.add(found.group(1)));
      }
    }
    return names;
  }

  private static String named(String uri, String name) {
    Matcher found = SHARED.matcher(uri);
    return found.matches() && !isInside(uri)
        ? found.group(1) + "/" + name + (found.group(2) == null ? "" : found.group(2))
        : uri;
  }

  /** Whether it is what a kamelet calls the ends of the route that uses it. */
  private static boolean isInside(String uri) {
    return uri.matches("kamelet:(//)?(source|sink)(\\?.*)?");
  }

  /** Whether a route was made of the kamelet with this name. */
  static boolean isOf(String kamelet, RouteDefinition route) {
    return route.getTemplateParameters() != null
        && kamelet.equals(route.getTemplateParameters().get(Kamelet.PARAM_TEMPLATE_ID));
  }

  /**
   * Lets go of the endpoints whose routes are taken out: Camel keeps them.
   *
   * @param gone names the routes that are taken out
   */
  static void forget(CamelContext camel, Predicate<KameletEndpoint> gone) throws Exception {
    for (Endpoint endpoint : camel.getEndpoints().toArray(Endpoint[]::new)) {
      if (endpoint instanceof KameletEndpoint kamelet && gone.test(kamelet)) {
        camel.removeEndpoint(endpoint);
      }
    }
  }

  /**
   * Takes out what Camel has made twice: the kamelet component starts a route that does not start
   * by itself once more, and the first one stays in the list of routes, and is the one that is
   * counted.
   */
  static void dropDoubles(CamelContext camel) {
    Map<String, Route> latest = new HashMap<>();
    for (Route route : List.copyOf(camel.getRoutes())) {
      Route earlier = latest.put(route.getId(), route);
      if (earlier != null) {
        camel.getCamelContextExtension().removeRoute(earlier);
        ServiceHelper.stopAndShutdownServices(earlier.getServices());
        for (LifecycleStrategy strategy : camel.getLifecycleStrategies()) {
          strategy.onRoutesRemove(List.of(earlier));
          strategy.onRoutesAdd(List.of(route));
        }
      }
    }
  }

  /**
   * Makes sure that a message finds the route of each kamelet.
   *
   * @throws IllegalStateException when one has none
   */
  static void check(CamelContext camel) {
    for (Endpoint endpoint : camel.getEndpoints()) {
      if (endpoint instanceof KameletEndpoint kamelet
          && !isInside(endpoint.getEndpointUri())
          && camel.getRoute(kamelet.getRouteId()) == null) {
        throw new IllegalStateException("no route was made for " + endpoint.getEndpointUri());
      }
    }
  }
}
