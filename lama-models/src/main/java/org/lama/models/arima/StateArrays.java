package org.lama.models.arima;

/**
 * The small arrays of a likelihood whose state has r elements. Every evaluation writes them before it reads them, so that
 * all orders with this r share them, as they share the long arrays of {@link Scratch}. Owned by one thread.
 */
final class StateArrays {
    final StateCovariance covariance;
    final double[] gram;
    final double[] shift;
    final double[] m;
    final double[] sigma;
    final double[] z;
    final double[] estimate;
    final double[] weight;
    final double[] weights;
    final int[] pivot;
    final double[] firstScores;
    /** Sums that several coefficients need, each valid where its stamp is the present one. */
    final double[] crossedSum;

    final int[] crossedStamp;
    int stamp;

    StateArrays(int r) {
        covariance = new StateCovariance(r);
        gram = new double[r * r];
        shift = new double[r];
        m = new double[r * r];
        sigma = new double[r * r];
        z = new double[r * r];
        estimate = new double[r];
        weight = new double[2 * r + 1];
        weights = new double[r * r];
        pivot = new int[r];
        firstScores = new double[r];
        crossedSum = new double[3 * r + 1];
        crossedStamp = new int[3 * r + 1];
    }
}
