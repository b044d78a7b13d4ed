package org.lama.core.sources;

/**
 * A bulk file of Binance.
 *
 * @param symbol the venue's spelling
 * @param layout what it holds
 * @param interval of bars, else empty
 * @param period a month {@code 2024-01} or a day {@code 2024-01-31}
 */
record BulkName(String symbol, BulkLayout layout, String interval, String period) {
    String folder() {
        String below = interval.isEmpty() ? "" : "/" + interval;
        return (period.length() == 7 ? "monthly/" : "daily/") + layout.folder() + "/" + symbol + below;
    }

    String file() {
        return symbol + "-" + (interval.isEmpty() ? layout.folder() : interval) + "-" + period + ".zip";
    }
}
