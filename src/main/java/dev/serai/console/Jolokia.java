package dev.serai.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import javax.management.ObjectName;
import org.jolokia.core.api.LogHandler;
import org.jolokia.server.core.config.Configuration;
import org.jolokia.server.core.http.AgentServlet;
import org.jolokia.server.core.restrictor.policy.PolicyRestrictor;
import org.jolokia.server.core.service.api.Restrictor;

/** JMX over HTTP as far as a policy file lets it; made at the first request. */
final class Jolokia extends AgentServlet {
  private static final long serialVersionUID = 1L;

  private final String policy;

  /**
   * Limited JMX.
   *
   * @param write whether routes may be changed
   */
  Jolokia(boolean write) {
    this.policy = write ? "/jolokia-write.xml" : "/jolokia-read.xml";
  }

  @Override
  protected Restrictor createRestrictor(Configuration configuration, LogHandler log) {
    try (InputStream file = Objects.requireNonNull(Jolokia.class.getResourceAsStream(policy))) {
      return new OperatorRoutesStay(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The policy; what the operator port itself needs is never changed. */
  private static final class OperatorRoutesStay extends PolicyRestrictor {
    OperatorRoutesStay(InputStream policy) {
      super(policy);
    }

    @Override
    public boolean isOperationAllowed(ObjectName name, String operation) {
      String route = String.valueOf(name.getKeyProperty("name"));
      boolean changes = operation.matches("(start|stop|suspend|resume).*");
      return super.isOperationAllowed(name, operation)
          && !(changes && route.contains("shared-operator-"));
    }
  }
}
