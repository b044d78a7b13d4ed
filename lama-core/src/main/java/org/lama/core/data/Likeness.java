package org.lama.core.data;

/**
 * How many closes two series share. Series of two venues agree in a share of their closes at most, unless one of them is
 * the other under a wrong name.
 *
 * @param common bars that both have
 * @param equal bars with equal closes
 * @param moves common bars whose close differs from the one before
 */
record Likeness(int common, int equal, int moves) {
    private static final int FEWEST_BARS = 100;
    private static final double SHARE = 0.99;
    private static final double FEWEST_MOVES = 0.1;

    static Likeness of(SeriesProbe a, SeriesProbe b) {
        int common = 0;
        int equal = 0;
        int moves = 0;
        double before = Double.NaN;
        for (int i = 0, j = 0; i < a.size() && j < b.size(); ) {
            long left = a.times()[i];
            long right = b.times()[j];
            if (left == right) {
                double close = a.closes()[i];
                common++;
                equal += close == b.closes()[j] ? 1 : 0;
                moves += close == before ? 0 : 1;
                before = close;
            }
            i += left <= right ? 1 : 0;
            j += right <= left ? 1 : 0;
        }
        return new Likeness(common, equal, moves);
    }

    /** Whether the two are one series; a coin that hardly moves proves nothing. */
    boolean isSame() {
        return common >= FEWEST_BARS && equal > SHARE * common && moves > FEWEST_MOVES * common;
    }
}
