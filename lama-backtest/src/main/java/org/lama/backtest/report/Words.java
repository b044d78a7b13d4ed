package org.lama.backtest.report;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.lama.core.signal.RegimeLabel;

/** Times and labels as words. */
final class Words {
    private Words() {}

    /** As "high volatility". */
    static String of(RegimeLabel label) {
        return label.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** As "2021-03-09" in UTC. */
    static String date(long nanos) {
        return Ticks.dateTime(nanos).toLocalDate().toString();
    }

    /** As "2021-03-09", with the time of day unless it is midnight. */
    static String time(Instant instant) {
        LocalDateTime at = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        String date = at.toLocalDate().toString();
        return at.toLocalTime().toSecondOfDay() == 0 ? date : date + " " + at.toLocalTime();
    }
}
