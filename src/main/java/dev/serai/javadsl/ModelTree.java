package dev.serai.javadsl;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlElement;
import jakarta.xml.bind.annotation.XmlElementRef;
import jakarta.xml.bind.annotation.XmlElements;
import jakarta.xml.bind.annotation.XmlRootElement;
import jakarta.xml.bind.annotation.XmlValue;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.NamedNode;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.model.rest.VerbDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Writes what Camel's Java DSL has made in the form of a route file in YAML, so that all that reads
 * those can read it.
 *
 * <p>Camel's own writer (camel-yaml-io) is not used: it leaves out where a step stands, and reads
 * the JSON description of each step, which takes longer than compiling the file.
 */
final class ModelTree {
  private static final String MODEL = "org.apache.camel.model";

  private ModelTree() {}

  /** A route, rest block, policy or template. */
  static Optional<RouteOutline.Element> element(Object definition) {
    String kind = name(definition);
    return kind.isEmpty()
        ? Optional.empty()
        : Optional.of(new RouteOutline.Element(kind, mapping(definition)));
  }

  private static RouteOutline.Mapping mapping(Object definition) {
    Map<String, Object> keys = new LinkedHashMap<>();
    int line = definition instanceof NamedNode node ? node.getLineNumber() : -1;
    if (definition instanceof OptionalIdentifiedDefinition<?> named) {
      if (named.hasCustomIdAssigned()) {
        put(keys, "id", named.getId());
      }
      put(keys, "description", named.getDescriptionText());
    }
    if (definition instanceof RouteDefinition route) {
      putRoute(keys, route);
      line = route.getInput() == null ? -1 : route.getInput().getLineNumber();
    } else {
      for (Class<?> type = definition.getClass();
          type != null && type.getName().startsWith(MODEL);
          type = type.getSuperclass()) {
        Stream.of(type.getDeclaredFields()).forEach(field -> putField(keys, field, definition));
      }
      if (definition instanceof ProcessorDefinition<?> step
          && !(definition instanceof RouteConfigurationDefinition)
          && !(definition instanceof ChoiceDefinition)) { // its branches are fields
        putSteps(keys, step.getOutputs());
      }
    }
    splitUri(keys);
    return new RouteOutline.Mapping(line, keys);
  }

  private static void putRoute(Map<String, Object> keys, RouteDefinition route) {
    put(keys, "routeConfigurationId", route.getRouteConfigurationId());
    put(keys, "autoStartup", route.getAutoStartup());
    put(keys, "errorHandlerRef", route.getErrorHandlerRef());
    if (route.isErrorHandlerFactorySet()) {
      put(keys, "errorHandler", "");
    }
    FromDefinition input = route.getInput();
    if (input != null) {
      RouteOutline.Mapping from = mapping(input);
      putSteps(from.keys(), route.getOutputs());
      keys.put("from", from);
    }
  }

  private static void putSteps(Map<String, Object> keys, Collection<?> steps) {
    List<Object> list = new ArrayList<>();
    for (Object step : steps) {
      String kind = name(step);
      if (!kind.isEmpty()) {
        RouteOutline.Mapping body = mapping(step);
        list.add(new RouteOutline.Mapping(body.line(), Map.of(kind, body)));
      }
    }
    if (!list.isEmpty()) {
      keys.put("steps", list);
    }
  }

  private static void putField(Map<String, Object> keys, Field field, Object owner) {
    String key = key(field);
    Object value = key.isEmpty() ? null : value(field, owner);
    if (key.equals("outputs")) {
      putSteps(keys, value instanceof Collection<?> steps ? steps : List.of());
    } else if (value instanceof ExpressionDefinition expression) {
      putExpression(keys, key, expression);
    } else if (value instanceof Collection<?> list) {
      putList(keys, key, field, list);
    } else if (value != null && owner instanceof VerbDefinition && key.equals("to")) {
      keys.putAll(Map.of(key, mapping(value).keys().getOrDefault("uri", "")));
    } else if (value != null && isModel(value)) {
      keys.put(key, mapping(value));
    } else if (value != null) {
      put(keys, key, String.valueOf(value));
    }
  }

  private static void putList(
      Map<String, Object> keys, String key, Field field, Collection<?> list) {
    for (Object item : list) {
      if (isModel(item)) {
        String name = field.isAnnotationPresent(XmlElementRef.class) ? name(item) : key;
        add(keys, name.isEmpty() ? key : name, mapping(item));
      } else {
        add(keys, key, String.valueOf(item));
      }
    }
  }

  private static void add(Map<String, Object> keys, String key, Object item) {
    List<Object> longer = new ArrayList<>();
    if (keys.get(key) instanceof List<?> list) {
      longer.addAll(list);
    }
    longer.add(item);
    keys.put(key, longer);
  }

  /** {@code simple: text}; a language with more than its text keeps all of it. */
  private static void putExpression(
      Map<String, Object> keys, String key, ExpressionDefinition expression) {
    ExpressionDefinition inner =
        expression.getExpressionType() == null ? expression : expression.getExpressionType();
    String language = name(inner);
    String text = inner.getExpression();
    if (text == null && inner.getExpressionValue() != null) {
      text = String.valueOf(inner.getExpressionValue());
    }
    boolean plain = text != null && !text.isEmpty();
    Object value = plain ? text : mapping(inner);
    String name = language.isEmpty() ? "expression" : language;
    keys.put(
        key.equals("expression") ? name : key,
        key.equals("expression") ? value : new RouteOutline.Mapping(-1, Map.of(name, value)));
  }

  private static void put(Map<String, Object> keys, String key, @Nullable String value) {
    if (value != null) {
      keys.put(key, value);
    }
  }

  /** {@code scheme:path?option=value} becomes {@code uri} and {@code parameters}. */
  private static void splitUri(Map<String, Object> keys) {
    if (keys.get("uri") instanceof String uri && uri.contains("?")) {
      Map<String, Object> parameters = new LinkedHashMap<>();
      for (String option : uri.substring(uri.indexOf('?') + 1).split("&")) {
        int equals = option.indexOf('=');
        parameters.put(
            equals < 0 ? option : option.substring(0, equals),
            equals < 0 ? "" : option.substring(equals + 1).replaceFirst("^RAW\\((.*)\\)$", "$1"));
      }
      keys.put("uri", uri.substring(0, uri.indexOf('?')));
      keys.put("parameters", new RouteOutline.Mapping(-1, parameters));
    }
  }

  private static boolean isModel(@Nullable Object value) {
    return value != null && value.getClass().getName().startsWith(MODEL) && !isEnum(value);
  }

  private static boolean isEnum(Object value) {
    return value instanceof Enum<?>;
  }

  private static String name(Object definition) {
    XmlRootElement root = definition.getClass().getAnnotation(XmlRootElement.class);
    return root == null || root.name().equals("##default") ? "" : root.name();
  }

  private static String key(Field field) {
    XmlAttribute attribute = field.getAnnotation(XmlAttribute.class);
    XmlElement element = field.getAnnotation(XmlElement.class);
    String name = attribute != null ? attribute.name() : element != null ? element.name() : "";
    boolean written =
        attribute != null
            || element != null
            || field.isAnnotationPresent(XmlElementRef.class)
            || field.isAnnotationPresent(XmlElements.class)
            || field.isAnnotationPresent(XmlValue.class);
    return !written ? "" : name.isEmpty() || name.equals("##default") ? field.getName() : name;
  }

  private static @Nullable Object value(Field field, Object owner) {
    try {
      field.setAccessible(true);
      return field.get(owner);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
