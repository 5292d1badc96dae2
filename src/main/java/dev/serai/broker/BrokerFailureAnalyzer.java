package dev.serai.broker;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Makes a start that fails for the broker say so in a few lines instead of a stack trace. */
class BrokerFailureAnalyzer extends AbstractFailureAnalyzer<BrokerStartException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, BrokerStartException cause) {
    return new FailureAnalysis(cause.getMessage(), null, cause);
  }
}
