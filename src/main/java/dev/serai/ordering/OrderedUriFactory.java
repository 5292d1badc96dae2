package dev.serai.ordering;

import dev.serai.endpoints.NamedEndpointUris;
import java.util.Set;

/** Makes {@code ordered:queue} of the parameters of a route's input. */
public final class OrderedUriFactory extends NamedEndpointUris {
  public OrderedUriFactory() {
    super(Set.of("ordered"), "queue", Set.of("window", "workers"));
  }
}
