package dev.serai.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the operator port says of requests that no route and no console answers. */
@RestController
class OperatorErrors implements ErrorController {
  private final HttpDoor door;

  OperatorErrors(HttpDoor door) {
    this.door = door;
  }

  @RequestMapping("${server.error.path:/error}")
  ResponseEntity<byte[]> answer(HttpServletRequest request) {
    Object sent = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    int status = sent instanceof Integer number ? number : HttpStatus.NOT_FOUND.value();
    if (status == HttpStatus.NOT_FOUND.value() && !door.hasOpened()) {
      return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
          .contentType(MediaType.APPLICATION_PROBLEM_JSON)
          .header(HttpHeaders.RETRY_AFTER, "1")
          .body(Problem.json(503, "starting", DataPortRouter.STARTING, List.of()));
    }
    Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(said(status, request.getMethod(), path == null ? request.getRequestURI() : path));
  }

  private static byte[] said(int status, String method, Object path) {
    return switch (HttpStatus.valueOf(status)) {
      case NOT_FOUND ->
          Problem.json(404, "not-found", "Nothing answers at %s.".formatted(path), List.of());
      case METHOD_NOT_ALLOWED ->
          Problem.json(
              405, "method-not-allowed", "%s takes no %s.".formatted(path, method), List.of());
      case UNAUTHORIZED ->
          Problem.json(401, "login", "Send the operator's user and password.", List.of());
      case FORBIDDEN ->
          Problem.json(
              403, "forbidden", "Pages of other origins may not use this port.", List.of());
      default ->
          status < HttpStatus.INTERNAL_SERVER_ERROR.value()
              ? Problem.json(400, "bad-request", "The request cannot be read.", List.of())
              : Problem.json(500, "internal", "The request could not be processed.", List.of());
    };
  }
}
