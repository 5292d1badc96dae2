package dev.serai.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.delivery.PoisonMessageException;
import dev.serai.http.ProblemException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.stereotype.Component;

/** Which provider is to be verified, and by what. Bean {@code verificationRequest}; thread-safe. */
@Component("verificationRequest")
public class VerificationRequest {
  private final Providers providers;

  VerificationRequest(Providers providers) {
    this.providers = providers;
  }

  /**
   * Lets only providers through that are configured, and models that they offer.
   *
   * @param request of a verification task
   * @throws ProblemException 404 {@code unknown-provider}, 422 {@code unknown-model}
   */
  public void check(JsonNode request) throws ProblemException {
    String name = request.path("provider").asText();
    Provider provider =
        providers
            .named(name)
            .orElseThrow(
                () ->
                    new ProblemException(
                        404,
                        "unknown-provider",
                        "There is no provider \"%s\"; there are: %s".formatted(name, names()),
                        List.of()));
    String model = request.path("model").asText(provider.models().get(0));
    if (!provider.models().contains(model)) {
      throw new ProblemException(
          422,
          "unknown-model",
          "helixagent.llm.providers does not say that \"%s\" offers the model \"%s\"; it offers: %s"
              .formatted(name, model, String.join(", ", provider.models())),
          List.of());
    }
  }

  /**
   * A request to verify a provider, as JSON.
   *
   * @throws ProblemException 404 if it is not configured
   */
  public byte[] request(String provider) throws ProblemException {
    ObjectNode request = JsonNodeFactory.instance.objectNode().put("provider", provider);
    check(request);
    return request.toString().getBytes(StandardCharsets.UTF_8);
  }

  private String names() {
    return String.join(", ", providers.all().stream().map(Provider::name).toList());
  }

  /**
   * What the provider will be asked.
   *
   * @param request of a verification task
   * @param maxTokens that the answer may have
   * @throws PoisonMessageException if the provider is not configured any more
   */
  public LlmWork begin(JsonNode request, String question, int maxTokens) {
    try {
      check(request);
    } catch (ProblemException e) {
      throw new PoisonMessageException(e.code() + ": " + e.getMessage(), e);
    }
    Provider provider = providers.named(request.path("provider").asText()).orElseThrow();
    ObjectNode chat = JsonNodeFactory.instance.objectNode().put("max_tokens", maxTokens);
    chat.putArray("messages").addObject().put("role", "user").put("content", question);
    return new LlmWork(
        chat,
        request.path("model").asText(provider.models().get(0)),
        List.of(provider.name()),
        0,
        "",
        false,
        true,
        "",
        Usage.NONE,
        BigDecimal.ZERO);
  }
}
