package dev.serai.store;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Makes a start that fails for the database say so in a few lines instead of a stack trace. */
class StoreFailureAnalyzer extends AbstractFailureAnalyzer<StoreUnavailableException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, StoreUnavailableException cause) {
    return new FailureAnalysis(
        cause.getMessage(),
        "Check SERAI_DB_URL, SERAI_DB_USER and SERAI_DB_PASSWORD and that the database runs; leave"
            + " SERAI_DB_URL empty to keep the state in a file of the data folder.",
        cause);
  }
}
