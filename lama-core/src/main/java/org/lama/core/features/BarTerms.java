package org.lama.core.features;

/** What single bars contribute to estimators; pure functions of logarithms. */
final class BarTerms {
    private static final double FOUR_LN_TWO = 4 * StrictMath.log(2);
    private static final double TWO_LN_TWO_MINUS_ONE = 2 * StrictMath.log(2) - 1;
    private static final double THREE_MINUS_TWO_ROOT_TWO = 3 - 2 * StrictMath.sqrt(2);

    private BarTerms() {}

    static double parkinson(BarPair bar) {
        double range = bar.high - bar.low;
        return range * range / FOUR_LN_TWO;
    }

    static double garmanKlass(BarPair bar) {
        double range = bar.high - bar.low;
        double body = bar.close - bar.open;
        return 0.5 * range * range - TWO_LN_TWO_MINUS_ONE * body * body;
    }

    static double garmanKlassFull(BarPair bar) {
        double up = bar.high - bar.open;
        double down = bar.low - bar.open;
        double body = bar.close - bar.open;
        double range = up - down;
        return 0.511 * range * range - 0.019 * (body * (up + down) - 2 * up * down) - 0.383 * body * body;
    }

    static double rogersSatchell(BarPair bar) {
        return (bar.high - bar.close) * (bar.high - bar.open) + (bar.low - bar.close) * (bar.low - bar.open);
    }

    static double amihud(BarPair bar) {
        double traded = bar.price * bar.volume;
        boolean known = traded > 0 && traded < Double.POSITIVE_INFINITY;
        return known ? Math.abs(bar.price / bar.lastPrice - 1) / traded : Double.NaN;
    }

    static double corwinSchultz(BarPair bar) {
        double first = bar.lastHigh - bar.lastLow;
        double second = bar.high - bar.low;
        double beta = first * first + second * second;
        double together = Math.max(bar.high, bar.lastHigh) - Math.min(bar.low, bar.lastLow);
        double alpha = (Math.sqrt(2 * beta) - Math.sqrt(beta)) / THREE_MINUS_TWO_ROOT_TWO
                - together / Math.sqrt(THREE_MINUS_TWO_ROOT_TWO);
        double growth = Math.exp(alpha);
        return 2 * (growth - 1) / (1 + growth);
    }

    static double corwinSchultzOrZero(BarPair bar) {
        double spread = corwinSchultz(bar);
        return spread < 0 ? 0 : spread;
    }

    /** Squared spread of two bars, any sign. */
    static double abdiRanaldo(BarPair bar) {
        double middle = 0.5 * (bar.high + bar.low);
        double lastMiddle = 0.5 * (bar.lastHigh + bar.lastLow);
        return 4 * (bar.lastClose - lastMiddle) * (bar.lastClose - middle);
    }
}
