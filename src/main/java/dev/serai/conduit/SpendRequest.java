package dev.serai.conduit;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What is to be booked.
 *
 * @param eventId the same when the event is told twice
 * @param virtualKey id of a virtual key
 * @param amount not below 0, with 18 decimals at most
 */
record SpendRequest(String eventId, String virtualKey, BigDecimal amount) {
  private static final int DECIMALS = 18;
  private static final int MOST_DIGITS = 100;
  private static final BigDecimal MOST = BigDecimal.TEN.pow(12);

  /**
   * Reads one.
   *
   * @throws dev.serai.delivery.PoisonMessageException if it cannot be booked
   */
  static SpendRequest of(EventBody event) {
    JsonNode amount = event.fields().path("amount");
    if (!amount.isNumber()) {
      throw EventBody.bad("#/amount", "must be a number");
    }
    BigDecimal exact = amount.decimalValue();
    if (exact.scale() > MOST_DIGITS
        || exact.precision() > MOST_DIGITS) { // else it takes all memory
      throw EventBody.bad("#/amount", "must have at most 100 digits and decimals");
    }
    if (exact.signum() < 0 || exact.compareTo(MOST) > 0) {
      throw EventBody.bad("#/amount", "must be from 0 to 1000000000000");
    }
    return new SpendRequest(
        event.eventId(),
        event.required("virtualKeyId"),
        exact.setScale(DECIMALS, RoundingMode.HALF_EVEN));
  }
}
