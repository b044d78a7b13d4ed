package org.lama.backtest.walkforward;

import org.lama.core.series.Frame;

/**
 * One uninterrupted life of an asset: a series never joins prices across an unexplained jump.
 *
 * @param symbol unique within the study: the asset, with {@code #2}, {@code #3} for later lives
 * @param asset symbol of the data
 * @param bars the rows of this life, first row valid
 */
record Listing(String symbol, String asset, Frame bars) {
    Listing withBars(Frame others) {
        return new Listing(symbol, asset, others);
    }
}
