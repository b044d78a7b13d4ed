package org.lama.core.data;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.lama.core.market.InstrumentId;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/**
 * The name of a file into which a series of a store was exported, {@code BINANCE.SPOT.BTC-USDT_bars_1d.csv}: it holds all that
 * the series is known by.
 *
 * @param instrument whose rows they are
 * @param kind what they are
 * @param barNanos length of bars, 0 of other kinds
 */
record ExportName(InstrumentId instrument, RecordKind kind, long barNanos) {
    private static final Pattern FORM = Pattern.compile("([A-Z0-9._%-]+)_("
            + Arrays.stream(RecordKind.values()).map(RecordKind::folder).collect(Collectors.joining("|"))
            + ")(?:_(\\d+[smhd]))?(?:\\.(?:csv|parquet|gz|zip))+");

    /** What a name says; empty if it is none of an export. */
    static Optional<ExportName> of(String file) {
        Matcher form = FORM.matcher(file.substring(file.lastIndexOf('/') + 1));
        if (!form.matches()) {
            return Optional.empty();
        }
        RecordKind kind = Arrays.stream(RecordKind.values())
                .filter(one -> one.folder().equals(form.group(2)))
                .findFirst()
                .orElseThrow();
        try {
            long length = form.group(3) == null ? 0 : SeriesKey.barNanos(form.group(3));
            SeriesKey key = new SeriesKey(InstrumentId.parse(form.group(1)), kind, length);
            return Optional.of(new ExportName(key.instrument(), kind, length));
        } catch (IllegalArgumentException other) {
            // such as BTCUSDT_trades.csv of somebody's own
            return Optional.empty();
        }
    }
}
