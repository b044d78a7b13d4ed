package org.lama.core.features;

/**
 * The newest bar and what estimators need of the one before, in logarithms; NaN where a price is missing, not above 0 or
 * contradicts the others. Mutable, single-threaded.
 */
final class BarPair {
    /** Logarithms of this bar; open and close are NaN where they lie outside of high and low. */
    double open;

    double high;
    double low;
    double close;

    /** Logarithm of the close whatever high and low say, and the close and volume themselves. */
    double logPrice;

    double price;
    double volume;

    /** The same of the bar before. */
    double lastHigh = Double.NaN;

    double lastLow = Double.NaN;
    double lastClose = Double.NaN;
    double lastLogPrice = Double.NaN;
    double lastPrice = Double.NaN;

    /** Direction of the last change of the close, 0 before the first (the tick rule; Lee and Ready 1991). */
    double sign;

    private double lastKnown = Double.NaN;

    BarPair() {
        high = Double.NaN;
        low = Double.NaN;
        close = Double.NaN;
        logPrice = Double.NaN;
        price = Double.NaN;
    }

    void next(double openPrice, double highPrice, double lowPrice, double closePrice, double traded) {
        lastHigh = high;
        lastLow = low;
        lastClose = close;
        lastLogPrice = logPrice;
        lastPrice = price;
        boolean range = highPrice >= lowPrice;
        high = range ? Returns.logOrMissing(highPrice) : Double.NaN;
        low = range ? Returns.logOrMissing(lowPrice) : Double.NaN;
        open = range && openPrice >= lowPrice && openPrice <= highPrice ? Returns.logOrMissing(openPrice) : Double.NaN;
        logPrice = Returns.logOrMissing(closePrice);
        close = range && closePrice >= lowPrice && closePrice <= highPrice ? logPrice : Double.NaN;
        price = Double.isNaN(logPrice) ? Double.NaN : closePrice;
        volume = traded >= 0 && traded < Double.POSITIVE_INFINITY ? traded : Double.NaN;
        if (!Double.isNaN(price)) {
            sign = price > lastKnown ? 1 : price < lastKnown ? -1 : sign;
            lastKnown = price;
        }
    }

    double logReturn() {
        return logPrice - lastLogPrice;
    }

    /** Signed volume by the tick rule, in base currency. */
    double signedVolume() {
        return sign * volume;
    }
}
