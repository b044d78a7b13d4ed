package org.lama.models.anomaly;

import org.lama.core.base.Check;
import org.lama.models.anomaly.IsolationForestOptions.Missing;

/** What stands in for a NaN: the median of its column, or an error. */
@SuppressWarnings("ArrayRecordComponent") // shared inside the package, never compared or changed
record Imputation(Missing missing, double[] medians) {
    double replace(int feature, int row) {
        Check.that(
                missing != Missing.REFUSE,
                "values must not be NaN, got NaN in column " + feature + ", row " + row
                        + "; drop the row or choose the option SKIP or MEDIAN");
        return medians[feature];
    }
}
