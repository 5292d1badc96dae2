package dev.serai.console;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/** Hawtio's pages at {@code /hawtio/}, behind the operator's login. */
@Configuration(proxyBeanMethods = false)
class Hawtio {
  private static final String ROOT = "hawtio-static/";

  /** What its pages ask for before they show: that there is no login of its own, and no plug-in. */
  private static final Map<String, String> SAID =
      Map.of(
          "/hawtio/user", "\"public\"",
          "/hawtio/plugin", "[]",
          "/hawtio/proxy/enabled", "false",
          "/hawtio/keycloak/enabled", "false",
          "/hawtio/preset-connections", "[]");

  @Bean
  ServletRegistrationBean<Jolokia> jolokia(@Value("${serai.console-write}") boolean write) {
    return new ServletRegistrationBean<>(new Jolokia(write), "/hawtio/jolokia/*");
  }

  @Bean
  SimpleUrlHandlerMapping hawtioPages(ResourceHttpRequestHandler hawtioFiles) {
    HttpRequestHandler pages = (request, response) -> answer(hawtioFiles, request, response);
    return new SimpleUrlHandlerMapping(Map.of("/hawtio", pages, "/hawtio/**", pages), 0);
  }

  @Bean
  ResourceHttpRequestHandler hawtioFiles() {
    ResourceHttpRequestHandler files = new ResourceHttpRequestHandler();
    files.setLocations(List.of(new ClassPathResource(ROOT)));
    return files;
  }

  private static void answer(
      ResourceHttpRequestHandler files, HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    String path = request.getRequestURI();
    String said = SAID.get(path);
    if (said != null) {
      write(response, MediaType.APPLICATION_JSON, said.getBytes(StandardCharsets.UTF_8));
    } else if (path.equals("/hawtio")) {
      response.sendRedirect("/hawtio/");
    } else if (path.substring(path.lastIndexOf('/')).contains(".")
        || path.startsWith("/hawtio/auth/")) {
      files.handleRequest(request, response);
    } else { // a page that the browser makes itself
      write(
          response,
          MediaType.TEXT_HTML,
          new ClassPathResource(ROOT + "index.html").getContentAsByteArray());
    }
  }

  private static void write(HttpServletResponse response, MediaType type, byte[] body)
      throws IOException {
    response.setContentType(type.toString());
    response.getOutputStream().write(body);
  }
}
