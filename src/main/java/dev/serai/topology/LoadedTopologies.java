package dev.serai.topology;

import dev.serai.broker.UnroutableRule;
import dev.serai.files.Packs;
import dev.serai.health.HealthCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The topologies of all packs, read once at start; a file with mistakes is left out and reported,
 * the others count.
 */
@Component
final class LoadedTopologies implements Topologies, UnroutableRule, HealthCheck {
  private static final Logger LOG = LoggerFactory.getLogger(LoadedTopologies.class);
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^}]+)}}");

  private final Assembly assembly;
  private final List<TopologyFile> refused = new ArrayList<>();

  @Autowired
  LoadedTopologies(Packs packs, Environment environment) {
    this(packs.topologyFiles(), environment);
  }

  LoadedTopologies(List<Path> paths, Environment environment) {
    List<TopologyFile> good =
        new ArrayList<>(
            paths.stream()
                .map(path -> TopologyFile.read(path, t -> resolve(t, environment)))
                .toList());
    do { // without a bad file, a good one may lack what it refers to
      moveBadOnes(good);
      References.check(good);
    } while (good.stream().anyMatch(file -> !file.problems().isEmpty()));
    this.assembly = new Assembly(good);
    for (TopologyFile file : refused) {
      LOG.error(
          "{} is left out:{}{}",
          file.path(),
          System.lineSeparator(),
          new TopologyRefusedException(file.problems()).getMessage());
    }
  }

  private void moveBadOnes(List<TopologyFile> files) {
    List<TopologyFile> bad = files.stream().filter(file -> !file.problems().isEmpty()).toList();
    refused.addAll(bad);
    files.removeAll(bad);
  }

  private static String resolve(String text, Environment environment) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1).strip(), environment)));
  }

  private static String value(String key, Environment environment) {
    String value = environment.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException(key + " has no value");
    }
    return value;
  }

  @Override
  public Map<String, ExchangeSpec> exchanges() {
    return assembly.exchanges();
  }

  @Override
  public Map<String, QueueSpec> queues() {
    return assembly.queues();
  }

  @Override
  public List<BindingSpec> bindings() {
    return assembly.bindings();
  }

  @Override
  public boolean dropsUnroutable(String exchange) {
    ExchangeSpec spec = exchanges().get(exchange);
    return spec != null && spec.unroutableDropped();
  }

  /** What is wrong in the files that were left out. */
  List<TopologyProblem> problems() {
    return refused.stream().flatMap(file -> file.problems().stream()).toList();
  }

  @Override
  public Result check() {
    return refused.isEmpty()
        ? new Result("topology-files", Status.Healthy, "All topology files are in use")
        : new Result(
            "topology-files",
            Status.Degraded,
            "Left out: "
                + String.join(", ", refused.stream().map(f -> f.path().toString()).toList()));
  }

  @Override
  public boolean tellsOfStart() {
    return true;
  }
}
