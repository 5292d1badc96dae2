package dev.serai.llm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.delivery.PoisonMessageException;
import java.math.BigDecimal;
import java.util.List;
import org.springframework.stereotype.Component;

/** Who offers which model. Bean {@code llmOffers}; thread-safe. */
@Component("llmOffers")
public class LlmOffers {
  private final Providers providers;

  LlmOffers(Providers providers) {
    this.providers = providers;
  }

  /**
   * Looks for those who can answer a request.
   *
   * @throws PoisonMessageException if there are none
   */
  public LlmWork begin(JsonNode request) {
    String model = request.path("model").asText(providers.defaultModel());
    String only = request.path("provider").asText("");
    List<Provider> offering =
        providers.offering(model).stream()
            .filter(provider -> only.isEmpty() || provider.name().equals(only))
            .toList();
    if (offering.isEmpty()) {
      throw new PoisonMessageException(
          "unknown-model: no provider%s offers the model \"%s\"; there are: %s"
              .formatted(only.isEmpty() ? "" : " \"" + only + "\"", model, offers()));
    }
    long tokens = ChatBody.tokens(request, providers.settings().expectedTokens());
    List<String> able =
        offering.stream()
            .filter(provider -> mayEver(provider.limits(), tokens))
            .map(Provider::name)
            .toList();
    if (able.isEmpty()) {
      throw new PoisonMessageException(
          "too-many-tokens: question and answer may have %d tokens, more than a provider of \"%s\" takes in a minute; ask for less with max_tokens"
              .formatted(tokens, model));
    }
    return new LlmWork(request, model, able, 0, "", false, true, "", Usage.NONE, BigDecimal.ZERO);
  }

  private static boolean mayEver(Provider.Limits limits, long tokens) {
    return limits.tokensPerMinute() == 0 || tokens <= limits.tokensPerMinute();
  }

  private String offers() {
    return String.join(
        ", ",
        providers.all().stream()
            .flatMap(p -> p.models().stream().map(m -> m + " (" + p.name() + ")"))
            .toList());
  }
}
