package dev.serai.debate;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far a debate is. Immutable.
 *
 * @param id of its task
 * @param request as it passed the schema
 * @param rounds to ask; the one after them is the verdict
 * @param round that is asked now; 0 before the first
 * @param minimum answers that a round needs
 * @param ends when this round is over, whoever has not answered; null before the first
 * @param answers of all rounds so far, in their order
 */
public record Debate(
    String id,
    JsonNode request,
    int rounds,
    int round,
    int minimum,
    @Nullable Instant ends,
    List<Answer> answers) {

  /** What is debated. */
  public String question() {
    return request.path("question").asText();
  }

  /** Those who debate, in the order of the request. */
  public List<Participant> participants() {
    List<Participant> all = Participant.all(request);
    return all.subList(Participant.JUDGE + 1, all.size());
  }

  /** Whether the participants are done, and the judge is asked. */
  public boolean isVerdict() {
    return round > rounds;
  }

  /** Those who have to answer in this round. */
  List<Participant> present() {
    return isVerdict() ? List.of(Participant.all(request).get(Participant.JUDGE)) : participants();
  }

  /** Those of this round who were not asked yet. */
  public List<Participant> missing() {
    List<Integer> asked = of(round).map(Answer::participant).toList();
    return round == 0
        ? List.of()
        : present().stream().filter(who -> !asked.contains(who.number())).toList();
  }

  /** Whether nobody's answer is waited for in this round any more. */
  public boolean isDecided() {
    return round > 0 && missing().isEmpty() && of(round).noneMatch(Answer::isOpen);
  }

  /** Whether this round has the answers that it needs. */
  public boolean isEnough() {
    return given(round).size() >= (isVerdict() ? 1 : minimum);
  }

  /** Whether there is a verdict. */
  public boolean isOver() {
    return isVerdict() && isDecided() && isEnough();
  }

  /** The answers of the last round, which this one is about. */
  public List<Answer> last() {
    return given(round - 1);
  }

  /** Who has said nothing in this round, and why. */
  public String shortage() {
    String silent =
        of(round)
            .filter(answer -> !answer.isGiven())
            .map(answer -> answer.name() + " (" + answer.state() + ": " + answer.error() + ")")
            .collect(Collectors.joining(", "));
    return isVerdict()
        ? "no verdict: " + silent
        : "round %d of %d has %d of the %d answers that it needs; without one: %s"
            .formatted(round, rounds, given(round).size(), minimum, silent);
  }

  List<Answer> given(int number) {
    return of(number).filter(Answer::isGiven).toList();
  }

  Stream<Answer> of(int number) {
    return answers.stream().filter(answer -> answer.round() == number);
  }
}
