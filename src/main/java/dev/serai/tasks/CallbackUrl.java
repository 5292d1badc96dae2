package dev.serai.tasks;

import dev.serai.http.ProblemException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/** The address that a caller wants to be told the end of a task at. */
final class CallbackUrl {
  private static final int LONGEST = 2000;

  private CallbackUrl() {}

  /**
   * Lets only addresses through that can be called.
   *
   * @throws ProblemException 400 for another one; it does not quote the address, which may hold a
   *     password
   */
  static String checked(String text) throws ProblemException {
    if (text.length() <= LONGEST && isHttp(text)) {
      return text;
    }
    throw new ProblemException(
        400,
        "bad-callback-url",
        "callback_url is an absolute http or https address without a login, of at most %d characters."
            .formatted(LONGEST),
        List.of(new ProblemException.FieldError("callback_url", "is no such address")));
  }

  private static boolean isHttp(String text) {
    try {
      URI uri = new URI(text);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      return (scheme.equals("http") || scheme.equals("https"))
          && uri.getHost() != null
          && uri.getUserInfo() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
