package dev.serai.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.util.UriUtils;

/**
 * Lets the rest blocks of {@code routes/shared/operator} answer on Spring Boot's web server, behind
 * everything that it serves itself (actuator, consoles).
 */
@Configuration(proxyBeanMethods = false)
class OperatorMapping {
  private static final String CAMEL_SERVLET = "CamelServlet";
  private static final String FORM = "application/x-www-form-urlencoded";

  /** Takes the bytes of a file, which curl calls a form when nobody says more. */
  private static final String FOR_FILES = "/routes/check";

  @Bean
  SimpleUrlHandlerMapping operatorRoutes() {
    HttpRequestHandler toCamel = OperatorMapping::forward;
    return new SimpleUrlHandlerMapping(Map.of("/**", toCamel), Ordered.LOWEST_PRECEDENCE - 2);
  }

  private static void forward(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    RequestDispatcher camel = request.getServletContext().getNamedDispatcher(CAMEL_SERVLET);
    HttpServletRequest whole = new WholePath(request);
    if (!isForm(request)) {
      camel.forward(whole, new NamedHeaders(response));
    } else if (FOR_FILES.equals(whole.getPathInfo())) {
      camel.forward(new FileBody(whole), new NamedHeaders(response));
    } else {
      refuseForm(response); // Camel would read the body as pairs and fail with 500
    }
  }

  private static boolean isForm(HttpServletRequest request) {
    String type = String.valueOf(request.getContentType());
    return type.toLowerCase(Locale.ROOT).startsWith(FORM);
  }

  private static void refuseForm(HttpServletResponse response) throws IOException {
    response.setStatus(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
    response.setContentType(Problem.CONTENT_TYPE);
    response
        .getOutputStream()
        .write(
            Problem.json(
                HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE,
                "unsupported-media-type",
                "Send the body with the header Content-Type: application/json.",
                List.of()));
  }

  /** The Camel servlet looks a route up by the path info alone. */
  private static final class WholePath extends HttpServletRequestWrapper {
    WholePath(HttpServletRequest request) {
      super(request);
    }

    @Override
    public String getServletPath() {
      return "";
    }

    @Override
    public String getPathInfo() {
      return UriUtils.decode(getRequestURI(), StandardCharsets.UTF_8);
    }
  }

  /** A body that is called a form and is none. */
  private static final class FileBody extends HttpServletRequestWrapper {
    FileBody(HttpServletRequest request) throws IOException {
      super(request);
      request.getInputStream(); // so that nobody looks for parameters in it
    }

    @Override
    public String getContentType() {
      return MediaType.APPLICATION_OCTET_STREAM_VALUE;
    }

    @Override
    public @Nullable String getHeader(String name) {
      return HttpHeaders.CONTENT_TYPE.equalsIgnoreCase(name)
          ? getContentType()
          : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return HttpHeaders.CONTENT_TYPE.equalsIgnoreCase(name)
          ? Collections.enumeration(List.of(getContentType()))
          : super.getHeaders(name);
    }
  }

  /**
   * Sends only the headers that a route names, as on the data port; Camel would echo the request's.
   */
  private static final class NamedHeaders extends HttpServletResponseWrapper {
    NamedHeaders(HttpServletResponse response) {
      super(response);
    }

    @Override
    public void setHeader(String name, String value) {
      if (ResponseHeaders.isNamed(name)) {
        super.setHeader(ResponseHeaders.wireName(name), value);
      }
    }

    @Override
    public void addHeader(String name, String value) {
      setHeader(name, value);
    }
  }
}
