package dev.serai.console;

import jakarta.servlet.DispatcherType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.cors.CorsConfiguration;

/**
 * Who may use the operator port: everybody on this machine, or, with a password, who knows it. A
 * page of another origin in a browser of this machine may not.
 */
@Configuration(proxyBeanMethods = false)
class OperatorLogin {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private final String user;
  private final String password;
  private final boolean loopback;

  OperatorLogin(
      @Value("${serai.operator-bind}") String address,
      @Value("${serai.operator-user}") String user,
      @Value("${serai.operator-password}") String password)
      throws UnknownHostException {
    this.user = user;
    this.password = password;
    this.loopback = InetAddress.getByName(address).isLoopbackAddress();
    if (!loopback && password.isEmpty()) {
      throw new IllegalArgumentException(
          "operator-without-password: serai.operator-bind is %s, which others can reach; set"
                  .formatted(address)
              + " SERAI_OPERATOR_PASSWORD, or bind it to 127.0.0.1");
    }
  }

  @Bean
  SecurityFilterChain operatorRequests(HttpSecurity http) throws Exception {
    http.csrf(AbstractHttpConfigurer::disable) // there is no session; other origins are refused
        .cors(cors -> cors.configurationSource(request -> new CorsConfiguration()))
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .httpBasic(Customizer.withDefaults())
        .authorizeHttpRequests(
            requests -> {
              requests
                  .dispatcherTypeMatchers(DispatcherType.FORWARD, DispatcherType.ERROR)
                  .permitAll();
              if (password.isEmpty()) {
                requests.anyRequest().permitAll();
              } else {
                requests.anyRequest().authenticated();
              }
            });
    return http.build();
  }

  @Bean
  UserDetailsService operators() {
    return password.isEmpty()
        ? new InMemoryUserDetailsManager()
        : new InMemoryUserDetailsManager(
            User.withUsername(user).password("{noop}" + password).build());
  }

  /**
   * Without a login a name that somebody's server makes up for this machine is no way in either.
   */
  @Bean
  HttpFirewall operatorFirewall() {
    StrictHttpFirewall firewall = new StrictHttpFirewall();
    firewall.setAllowUrlEncodedSlash(true); // names of queues
    firewall.setAllowUrlEncodedPercent(true);
    firewall.setAllowUrlEncodedPeriod(true);
    firewall.setAllowSemicolon(true);
    if (loopback && password.isEmpty()) {
      firewall.setAllowedHostnames(THIS_MACHINE::contains);
    }
    return firewall;
  }
}
