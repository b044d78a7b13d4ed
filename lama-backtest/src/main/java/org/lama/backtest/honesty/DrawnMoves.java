package org.lama.backtest.honesty;

/** Moves of a market that was drawn, [asset][row]: gap and body are fair games, up and down the reach of high and low. */
final class DrawnMoves {
    private static final double LAMBDA = 0.94;

    final double[][] gap;
    final double[][] body;
    final double[][] up;
    final double[][] down;
    final double[][] quoteVolume;

    DrawnMoves(int assets, int rows) {
        gap = new double[assets][rows];
        body = new double[assets][rows];
        up = new double[assets][rows];
        down = new double[assets][rows];
        quoteVolume = new double[assets][rows];
    }

    /** The exponentially weighted variance by which planted drifts are scaled. */
    static double movingVariance(double before, double move) {
        return LAMBDA * before + (1 - LAMBDA) * move * move;
    }

    /**
     * A move of which only the size is kept: with a sign drawn evenly, E exp(s|m| - ln cosh m) = 1, so the expected simple
     * return is 0 exactly.
     */
    static double fair(double move, double sign) {
        return sign * Math.abs(move) - Math.log(Math.cosh(move));
    }
}
