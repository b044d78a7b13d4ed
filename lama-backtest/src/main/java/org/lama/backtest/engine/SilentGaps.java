package org.lama.backtest.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lama.backtest.order.Fill;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.core.base.Issue;
import org.lama.core.series.TimeIndex;

/**
 * Positions that were closed as if delisted although their data go on later. When the silence was long enough nobody
 * could know that, and so the run does not; but whoever reads the result should hear that it is rather a gap of the data.
 */
final class SilentGaps {
    private SilentGaps() {}

    static List<Issue> of(MarketTape tape, EngineSettings settings, List<Account> accounts) {
        List<Issue> issues = new ArrayList<>();
        for (Account account : accounts) {
            for (OrderEvent event : account.exceptions) {
                if (event instanceof OrderEvent.Forced forced && forced.reason() == Reason.DELISTED) {
                    add(tape, settings, forced.fill(), issues);
                }
            }
        }
        return issues;
    }

    private static void add(MarketTape tape, EngineSettings settings, Fill fill, List<Issue> issues) {
        int s = fill.symbol();
        TimeIndex rows = tape.rowTimes[s];
        int last = rows.floor(fill.tsNanos() - tape.barNanos);
        int next = last + 1;
        while (last >= 0 && tape.closeTicks(s, last) <= 0) {
            last--;
        }
        while (next < rows.size() && tape.closeTicks(s, next) <= 0) {
            next++;
        }
        // a declared delisting comes without silence
        if (last < 0
                || next == rows.size()
                || fill.tsNanos() - rows.at(last) - tape.barNanos
                        < settings.delistingAfter().toNanos()) {
            return;
        }
        issues.add(new Issue(
                Issue.Reason.MISSING_BARS,
                tape.symbols.get(s) + ", column close",
                String.format(
                        Locale.ROOT,
                        "silent from %s while it was held, and so its position was closed on %s as if it were delisted,"
                                + " at %.0f %% of its last price %s; but the data go on at %s at a price of %s: rather a"
                                + " gap than a delisting. Fill it, or set delisting.haircut to 0 or delisting.after to"
                                + " more than %d days.",
                        time(rows.at(last) + tape.barNanos),
                        time(fill.tsNanos()),
                        100 * (1 - settings.delistingHaircut()),
                        price(tape, s, last),
                        time(rows.at(next)),
                        price(tape, s, next),
                        Duration.ofNanos(rows.at(next) - rows.at(last)).toDays())));
    }

    private static String time(long nanos) {
        return TimeIndex.instant(nanos).toString();
    }

    private static String price(MarketTape tape, int symbol, int row) {
        return Double.toString(tape.close[symbol].get(row));
    }
}
