package dev.serai.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Problem details on the operator port, from where no route answers. */
public final class OperatorProblem {
  private OperatorProblem() {}

  /** Makes a problem the answer. */
  public static void write(HttpServletResponse response, ProblemException problem)
      throws IOException {
    response.setStatus(problem.status());
    response.setContentType(Problem.CONTENT_TYPE);
    response
        .getOutputStream()
        .write(
            Problem.json(
                problem.status(),
                problem.code(),
                String.valueOf(problem.getMessage()),
                problem.errors()));
  }
}
