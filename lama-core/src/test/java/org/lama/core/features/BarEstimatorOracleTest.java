package org.lama.core.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against an independent implementation and the papers' formulas in exact sums; see oracles/features/README.md. */
class BarEstimatorOracleTest {
    /** Relative; of a covariance near zero, absolute against the size of its terms (prices near 1,000). */
    private static final double TOLERANCE = 1e-9;

    private static final double COVARIANCE_FLOOR = 1e-9;

    private static final List<String[]> ROWS = load();

    private static List<String[]> load() {
        try (InputStream file = Objects.requireNonNull(
                        BarEstimatorOracleTest.class.getResourceAsStream("/oracles/features/estimators.csv.gz"));
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
            return reader.lines().map(line -> line.split(",", -1)).toList();
        } catch (IOException failure) {
            throw new IllegalStateException("estimators.csv.gz", failure);
        }
    }

    private static double[] column(String name) {
        int at = List.of(ROWS.get(0)).indexOf(name);
        return ROWS.stream()
                .skip(1)
                .mapToDouble(row -> row[at].isEmpty() ? Double.NaN : Double.parseDouble(row[at]))
                .toArray();
    }

    static double[][] bars() {
        return new double[][] {column("open"), column("high"), column("low"), column("close"), column("volume")};
    }

    @ParameterizedTest
    @CsvSource({
        "CLOSE_TO_CLOSE, rv_close_20, 20",
        "PARKINSON, parkinson_20, 20",
        "GARMAN_KLASS, garman_klass_20, 20",
        "GARMAN_KLASS_FULL, garman_klass_full_20, 20",
        "ROGERS_SATCHELL, rogers_satchell_20, 20",
        "YANG_ZHANG, yang_zhang_20, 20",
        "AMIHUD, amihud_20, 20",
        "ROLL_COVARIANCE, roll_cov_20, 20",
        "ROLL_SPREAD, roll_spread_20, 20",
        "ROLL_RELATIVE_SPREAD, roll_relative_spread_20, 20",
        "CORWIN_SCHULTZ_SIGNED, corwin_schultz_raw, 1",
        "CORWIN_SCHULTZ, corwin_schultz_20_neg0, 20",
        "ABDI_RANALDO, abdi_ranaldo_20, 20",
        "EDGE, edge_20, 20",
        "KYLE_LAMBDA, kyle_lambda_ols_20, 20",
        "KYLE_LAMBDA_RELATIVE, kyle_lambda_logret_dollar_20, 20",
        "HASBROUCK_LAMBDA, hasbrouck_origin_20, 20",
        "HASBROUCK_LAMBDA_INTERCEPT, hasbrouck_lambda_20, 20"
    })
    void equalsTheOracleFromTheSameFirstRow(BarEstimator estimator, String name, int length) {
        RollingWindow window = RollingWindow.full(length);
        double[] oracle = column(name);
        double[] ours = new double[oracle.length];
        estimator.compute(bars(), window, ours);
        double floor = name.equals("roll_cov_20") ? COVARIANCE_FLOOR : 0;
        int first = 0;
        while (Double.isNaN(oracle[first])) {
            assertThat(ours[first]).as("%s row %d", name, first).isNaN();
            first++;
        }
        assertThat(first).isEqualTo(estimator.warmUpBars(window));
        for (int t = first; t < ours.length; t++) {
            // a root of a difference loses half of the digits where the difference is nearly nothing
            double size = Math.abs(oracle[t]);
            double tolerance = Math.max(floor, TOLERANCE * size + (estimator == BarEstimator.EDGE ? 1e-12 : 0));
            assertThat(ours[t]).as("%s row %d", name, t).isCloseTo(oracle[t], within(tolerance));
        }
    }
}
