package org.lama.backtest.strategies;

import org.lama.core.book.BookScale;

/**
 * How much a maker quotes on a side and holds at most, in base units or contracts. What is not given (0) goes by the lots of
 * the feed, so that it fits coins of any price: ten lots are quoted, five times the quote is held.
 */
record MakerSize(double quantity, double mostHeld) {
    private static final int USUAL_LOTS = 10;
    private static final int USUAL_QUOTES = 5;
    private static final double MOST = 1e12;

    static MakerSize of(Parameters parameters) {
        return new MakerSize(parameters.number("quantity", 0, 0, MOST), parameters.number("inventory", 0, 0, MOST));
    }

    double quantity(BookScale scale) {
        double usual = scale.quantity(USUAL_LOTS);
        return quantity > 0 ? quantity : mostHeld > 0 ? Math.min(usual, mostHeld) : usual;
    }

    double mostHeld(BookScale scale) {
        return mostHeld > 0 ? mostHeld : USUAL_QUOTES * quantity(scale);
    }
}
