package dev.serai.debate;

import dev.serai.llm.ChatServer;
import dev.serai.support.Sidecar;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/** A Serai on which debates are fast, and what is debated there. */
final class DebateSettings {
  private static final String NAMES = "abc";

  private DebateSettings() {}

  /** The providers are a, b and c; each has the model of its own name. */
  static Map<String, String> with(Map<String, String> surroundings, ChatServer... servers) {
    Map<String, String> settings = new LinkedHashMap<>(surroundings);
    settings.put("serai.packs", "helixagent");
    settings.put("helixagent.tasks.lease", "9s");
    settings.put("serai.db.answer-timeout", "4s");
    settings.put("helixagent.tasks.renewal", "200ms");
    settings.put("helixagent.tasks.retry.wait", "100ms");
    settings.put("helixagent.tasks.retry.attempts", "1");
    settings.put("helixagent.tasks.sweep.interval", "1s");
    settings.put("helixagent.tasks.sweep.publish-after", "1s");
    settings.put("helixagent.tasks.sweep.announce-after", "1s");
    settings.put("helixagent.llm.breaker.calls", "1000");
    for (int i = 0; i < servers.length; i++) {
      String key = "helixagent.llm.providers[" + i + "].";
      String name = NAMES.substring(i, i + 1);
      settings.putAll(servers[i].asProvider(i, name, name));
      settings.put(key + "price.input", "1000000");
      settings.put(key + "price.output", "2000000");
    }
    return settings;
  }

  /** Between Ann, Ben and one without a name; judged by a's default model. */
  static String request(String fields) {
    return """
        {"question":"Tea or coffee?",%s,"participants":[
          {"name":"Ann","provider":"a","model":"a","persona":"You love tea."},
          {"name":"Ben","provider":"b","model":"b"},
          {"model":"c"}]}"""
        .formatted(fields);
  }

  /** The status of the answer. */
  static int cancel(Sidecar serai, String id) throws IOException, InterruptedException {
    URI task = URI.create("http://127.0.0.1:" + serai.port() + "/tasks/" + id);
    return serai.send(HttpRequest.newBuilder(task).DELETE().build()).statusCode();
  }

  /** What a server was asked, as JSON. */
  static String words(ChatServer server, int request) {
    return server.requests().get(request).path("messages").toString();
  }
}
