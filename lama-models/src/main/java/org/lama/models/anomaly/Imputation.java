package org.lama.models.anomaly;

import org.lama.models.anomaly.IsolationForestOptions.Missing;

/** What stands in for a NaN: the median of its column, NaN itself where a branch waits for it, or an error. */
@SuppressWarnings("ArrayRecordComponent") // shared inside the package, never compared or changed
record Imputation(Missing missing, double[] medians) {
    double replace(int feature, int row) {
        if (missing == Missing.REFUSE) {
            throw new IllegalArgumentException(refusal(feature, row));
        }
        return missing == Missing.BRANCH ? Double.NaN : medians[feature];
    }

    static String refusal(int feature, int row) {
        return "values must not be NaN, got NaN in column " + feature + ", row " + row
                + "; drop the row or choose the option SKIP, MEDIAN or BRANCH";
    }

    boolean skips() {
        return missing == Missing.SKIP;
    }
}
