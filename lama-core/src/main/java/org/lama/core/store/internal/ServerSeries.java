package org.lama.core.store.internal;

import org.lama.core.base.Api;

/**
 * Which series of which table.
 *
 * @param table where its rows stand
 * @param symbol canonical instrument id
 * @param barNanos length of bars, 0 for other kinds
 * @since 0.1.0
 */
@Api(Api.Status.INTERNAL)
public record ServerSeries(ServerTable table, String symbol, long barNanos) {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Length of bars in seconds, 0 for other kinds. */
    long barSeconds() {
        return barNanos / NANOS_PER_SECOND;
    }
}
