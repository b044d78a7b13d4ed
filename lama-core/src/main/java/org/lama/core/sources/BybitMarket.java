package org.lama.core.sources;

import org.lama.core.base.Api;

/**
 * The categories of Bybit.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public enum BybitMarket {
    /** Spot. */
    SPOT("bybit", "spot"),
    /** Perpetuals and futures settled in a stable coin. */
    LINEAR("bybit-linear", "linear"),
    /** Perpetuals and futures settled in the coin itself. */
    INVERSE("bybit-inverse", "inverse");

    private final String source;
    private final String category;

    BybitMarket(String source, String category) {
        this.source = source;
        this.category = category;
    }

    /**
     * The name of its source.
     *
     * @return for {@link Sources#get}
     */
    public String source() {
        return source;
    }

    String category() {
        return category;
    }
}
