package org.lama.core.sources;

/**
 * What is fetched of one symbol.
 *
 * @param symbol the venue's spelling
 * @param interval the venue's word for the length of bars, else empty
 * @param barNanos that length, else 0
 * @param contractSize quote units of a contract where sizes are contracts, else 0
 * @param venueNanos the venue's time when the fetch began
 */
record BinanceSeries(String symbol, String interval, long barNanos, double contractSize, long venueNanos) {}
