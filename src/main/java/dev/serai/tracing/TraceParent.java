package dev.serai.tracing;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header {@code traceparent} of W3C Trace Context: each hop keeps the trace and names itself as
 * parent.
 */
public final class TraceParent {
  /** The name of the header. */
  public static final String HEADER = "traceparent";

  /** The name of the header with what vendors add to it; worth nothing without the other. */
  public static final String STATE = "tracestate";

  private static final Pattern FORM =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(-.*)?");
  private static final SecureRandom RANDOM = new SecureRandom();

  private TraceParent() {}

  /** The value to send on; a new trace when the one that came is not valid. */
  public static String next(String came) {
    Matcher matcher = FORM.matcher(came);
    return matcher.matches()
        ? "00-" + matcher.group(1) + "-" + random(8) + "-" + matcher.group(2)
        : "00-" + random(16) + "-" + random(8) + "-01";
  }

  /** Whether a value can be read, so that its trace goes on and its state with it. */
  public static boolean isValid(String came) {
    return FORM.matcher(came).matches();
  }

  private static String random(int bytes) {
    byte[] value = new byte[bytes];
    RANDOM.nextBytes(value);
    value[0] |= 1; // all zeros is not valid
    return HexFormat.of().formatHex(value);
  }
}
