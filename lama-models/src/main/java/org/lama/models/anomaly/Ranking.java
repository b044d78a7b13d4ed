package org.lama.models.anomaly;

import java.util.Arrays;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * How well scores rank labelled anomalies. Rows whose score or label is NaN are left out. Immutable and thread-safe.
 *
 * @param auroc area under the receiver operating characteristic by mid-ranks: the chance that an anomaly scores above a usual
 *     row, ties counting one half, in [0, 1]; NaN unless both kinds are there
 * @param averagePrecision Σ (recall gained) · precision over the distinct scores from the highest down, in (0, 1]; NaN unless
 *     both kinds are there
 * @param anomalies rows labelled 1 that count
 * @param rows rows that count
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record Ranking(double auroc, double averagePrecision, int anomalies, int rows) {
    /**
     * Compares scores with labels. O(n log n).
     *
     * @param scores one score per row, higher for more unusual rows, NaN where there is none
     * @param labels 1 for an anomaly, 0 for a usual row, NaN for unknown
     * @return both measures
     * @throws IllegalArgumentException for another label or another number of labels
     */
    public static Ranking of(double[] scores, double[] labels) {
        Check.that(
                labels.length == scores.length,
                "labels must be as many as scores, " + scores.length + ", got " + labels.length);
        int n = 0;
        double[] usual = new double[scores.length];
        double[] unusual = new double[scores.length];
        int anomalies = 0;
        for (int r = 0; r < scores.length; r++) {
            double label = labels[r];
            Check.that(
                    label == 0 || label == 1 || Double.isNaN(label),
                    "labels must be 0 or 1 (1 = anomaly), got " + label + " in row " + r);
            if (Double.isNaN(label) || Double.isNaN(scores[r])) {
                continue;
            }
            n++;
            if (label == 1) {
                unusual[anomalies++] = scores[r];
            } else {
                usual[n - anomalies - 1] = scores[r];
            }
        }
        return of(sorted(unusual, anomalies), sorted(usual, n - anomalies), n);
    }

    private static double[] sorted(double[] values, int n) {
        double[] sorted = Arrays.copyOf(values, n);
        Arrays.sort(sorted);
        return sorted;
    }

    /** Walks both sorted lists from the highest score down, one distinct score after the other. */
    private static Ranking of(double[] unusual, double[] usual, int rows) {
        if (unusual.length == 0 || usual.length == 0) {
            return new Ranking(Double.NaN, Double.NaN, unusual.length, rows);
        }
        int i = unusual.length;
        int j = usual.length;
        double wins = 0;
        double precision = 0;
        while (i > 0) {
            double score = unusual[i - 1];
            while (j > 0 && usual[j - 1] > score) {
                j--;
            }
            int tiesBelow = j;
            while (tiesBelow > 0 && usual[tiesBelow - 1] == score) {
                tiesBelow--;
            }
            int before = i;
            while (i > 0 && unusual[i - 1] == score) {
                i--;
            }
            double found = before - i;
            wins += found * (tiesBelow + 0.5 * (j - tiesBelow));
            double alarms = (double) (unusual.length - i) + (usual.length - tiesBelow);
            precision += found / unusual.length * ((unusual.length - i) / alarms);
            j = tiesBelow;
        }
        double auroc = wins / ((double) unusual.length * usual.length);
        return new Ranking(auroc, precision, unusual.length, rows);
    }
}
