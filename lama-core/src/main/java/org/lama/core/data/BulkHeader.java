package org.lama.core.data;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The header that an exchange's own bulk files leave out, told by the places of numbers, times and truths in their first
 * line: bars of 12 columns, trades, trades taken together, as Binance publishes them. Stateless.
 */
final class BulkHeader {
    private static final String BARS = "open_time,open,high,low,close,volume,close_time,quote_volume,trades,"
            + "taker_buy_volume,taker_buy_quote_volume,ignore";
    private static final String TRADES = "id,price,qty,quote_qty,time,is_buyer_maker";
    private static final String TOGETHER =
            "agg_trade_id,price,qty,first_trade_id,last_trade_id,transact_time,is_buyer_maker";
    private static final String BEST = ",is_best_match";

    private static final String NUMBER = "-?\\d+(?:\\.\\d*)?";
    private static final String TRUTH = "(?i:true|false)";
    /** Milliseconds, or microseconds since 2025. */
    private static final String TIME = "1\\d{12}(?:\\d{3})?";

    private static final Pattern BAR_LINE = line(TIME, 5, TIME, 5);
    private static final Pattern TRADE_LINE =
            Pattern.compile("\\d+(?:," + NUMBER + "){3}," + TIME + "," + TRUTH + "(," + TRUTH + ")?");
    private static final Pattern TOGETHER_LINE =
            Pattern.compile("\\d+(?:," + NUMBER + "){4}," + TIME + "," + TRUTH + "(," + TRUTH + ")?");
    private static final int LONGEST_LINE = 400;

    private BulkHeader() {}

    private static Pattern line(String first, int numbers, String time, int more) {
        return Pattern.compile(
                first + "(?:," + NUMBER + "){" + numbers + "}," + time + "(?:," + NUMBER + "){" + more + "}");
    }

    /** The header of a file that begins with such a line; empty if it has one or is of another kind. */
    static Optional<String> of(String firstLine) {
        String line = firstLine.strip();
        if (BAR_LINE.matcher(line).matches()) {
            return Optional.of(BARS);
        }
        boolean best = line.indexOf("e,") > 0 || line.indexOf("E,") > 0;
        if (TRADE_LINE.matcher(line).matches()) {
            return Optional.of(best ? TRADES + BEST : TRADES);
        }
        return TOGETHER_LINE.matcher(line).matches()
                ? Optional.of(best ? TOGETHER + BEST : TOGETHER)
                : Optional.empty();
    }

    /** The header of such a text. */
    static Optional<String> of(byte[] text) {
        int end = 0;
        while (end < Math.min(text.length, LONGEST_LINE) && text[end] != '\n' && text[end] != '\r') {
            end++;
        }
        return end == 0 ? Optional.empty() : of(new String(text, 0, end, StandardCharsets.ISO_8859_1));
    }
}
