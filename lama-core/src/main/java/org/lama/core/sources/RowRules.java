package org.lama.core.sources;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lama.core.base.Issue;
import org.lama.core.store.RecordKind;

/** What a row of a kind must fulfil to be let in, column by column. Immutable. */
final class RowRules {
    private static final Set<String> PRICES = Set.of("open", "high", "low", "close", "price", "bid", "ask");
    private static final Set<String> NOT_NEGATIVE = Set.of(
            "volume",
            "quote_volume",
            "trades",
            "taker_buy_volume",
            "size",
            "bid_size",
            "ask_size",
            "open_interest",
            "open_interest_value",
            "mark_price");

    private final boolean[] required;
    private final boolean[] positive;
    private final boolean[] notNegative;
    private final boolean bars;
    private final int open;
    private final int high;
    private final int low;
    private final int close;

    RowRules(RecordKind kind, List<String> columns) {
        int n = columns.size();
        required = new boolean[n];
        positive = new boolean[n];
        notNegative = new boolean[n];
        for (int i = 0; i < n; i++) {
            String column = columns.get(i);
            required[i] = kind.fields().stream()
                    .anyMatch(field -> field.required() && field.name().equals(column));
            // quotes of options have bids of zero, and metrics any sign
            positive[i] = required[i] && PRICES.contains(column);
            notNegative[i] = kind != RecordKind.METRICS && NOT_NEGATIVE.contains(column);
        }
        bars = kind == RecordKind.BARS;
        open = columns.indexOf("open");
        high = columns.indexOf("high");
        low = columns.indexOf("low");
        close = columns.indexOf("close");
    }

    /** Why a row must not come in: an infinite or missing number where one must stand, no price, less than nothing. */
    Optional<Issue.Reason> refusal(Row row) {
        for (int i = 0; i < required.length; i++) {
            double value = row.values()[i];
            if (Double.isInfinite(value) || (required[i] && Double.isNaN(value))) {
                return Optional.of(Issue.Reason.NON_FINITE);
            }
            if ((positive[i] && value <= 0) || (notNegative[i] && value < 0)) {
                return Optional.of(Issue.Reason.NON_POSITIVE);
            }
        }
        return Optional.empty();
    }

    /** Whether high and low of a bar do not enclose its open and close; such a bar comes in and is counted. */
    boolean isOpenBar(Row row) {
        double[] v = row.values();
        return bars && (v[high] < Math.max(v[open], v[close]) || v[low] > Math.min(v[open], v[close]));
    }
}
