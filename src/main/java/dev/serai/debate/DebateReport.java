package dev.serai.debate;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.serai.debate.Answer.Used;
import dev.serai.tasks.Claim;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** What is told of debates. Bean {@code debateReport}; thread-safe. */
@Component("debateReport")
public class DebateReport {

  /** That a debate has begun. */
  public record Started(
      String debate,
      String tenant,
      String question,
      List<String> participants,
      int rounds,
      @JsonProperty("minimum_answers") int minimum) {}

  /** What was said in a round. */
  public record Completed(
      String debate, String tenant, int round, int rounds, List<Answer> answers) {}

  /** One round of the result. */
  public record Round(int round, List<Answer> answers) {}

  /** As OpenAI's API has it, of all answers together. */
  public record Usage(
      @JsonProperty("prompt_tokens") long input,
      @JsonProperty("completion_tokens") long output,
      @JsonProperty("total_tokens") long total,
      boolean estimated) {}

  /** The result of a debate. */
  public record Result(
      String question, Answer verdict, List<Round> rounds, Usage usage, BigDecimal cost) {}

  /** The event {@code debate.started}. */
  public Started started(Claim task, Debate debate) {
    return new Started(
        debate.id(),
        task.tenant(),
        debate.question(),
        debate.participants().stream().map(Participant::name).toList(),
        debate.rounds(),
        debate.minimum());
  }

  /** The event {@code debate.round.completed}. */
  public Completed completed(Claim task, Debate debate) {
    return new Completed(
        debate.id(),
        task.tenant(),
        debate.round(),
        debate.rounds(),
        debate.of(debate.round()).toList());
  }

  /** The result of a debate that is over. */
  public Result result(Debate debate) {
    Used used = debate.answers().stream().map(Answer::usage).reduce(Used.NOTHING, Used::plus);
    return new Result(
        debate.question(),
        debate.given(debate.round()).get(0),
        IntStream.rangeClosed(1, debate.rounds())
            .mapToObj(round -> new Round(round, debate.of(round).toList()))
            .toList(),
        new Usage(used.input(), used.output(), used.input() + used.output(), used.estimated()),
        used.cost());
  }
}
