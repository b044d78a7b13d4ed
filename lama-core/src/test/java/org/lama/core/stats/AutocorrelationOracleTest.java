package org.lama.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.math.Distributions;
import org.lama.core.stats.Autocorrelation.PacfMethod;

/** Against statsmodels 0.15.0 acf and pacf on 21 series. */
class AutocorrelationOracleTest {
    /** Absolute, of numbers up to 1: the reference goes through a Fourier transform. Seen: 3.4e-15. */
    private static final double ACF = 1e-13;
    /** Absolute: Levinson recursion against a solver on a Toeplitz matrix, condition up to 1e4. Seen: 7e-13. */
    private static final double PACF = 1e-11;
    /** Absolute: Householder on centred columns against a singular value decomposition. Seen: 2e-13. */
    private static final double PACF_OLS = 1e-11;
    /** Absolute: rounding of the recursion over 20 lags. Seen: 8e-13. */
    private static final double BURG = 1e-11;

    @Test
    void autocorrelationsAgreeOnEverySeries() {
        for (JsonNode series : usable()) {
            double[] y = Oracle.array(series.get("values"));
            check(series, "acf", Autocorrelation.acf(y, 40), ACF);
            check(series, "acf_adjusted", Autocorrelation.acfAdjusted(y, 20), ACF);
        }
    }

    @Test
    void missingValuesTakeOnlyTheirProductsWithThem() {
        JsonNode gaps = Oracle.series("sim_arma11_gaps");
        double[] y = Oracle.array(gaps.get("values"));
        check(gaps, "acf_conservative", Autocorrelation.acf(y, 20), ACF);
    }

    @Test
    void partialAutocorrelationsAgreeForEveryMethod() {
        for (JsonNode series : usable()) {
            double[] y = Oracle.array(series.get("values"));
            check(series, "pacf_ywadjusted", Autocorrelation.pacf(y, 20, PacfMethod.YULE_WALKER_ADJUSTED), PACF);
            check(series, "pacf_ywm", Autocorrelation.pacf(y, 20, PacfMethod.YULE_WALKER), PACF);
            check(series, "pacf_ldb", Autocorrelation.pacf(y, 20, PacfMethod.LEVINSON_DURBIN), PACF);
            check(series, "pacf_ols", Autocorrelation.pacf(y, 20, PacfMethod.OLS), PACF_OLS);
            check(series, "pacf_burg", Autocorrelation.pacf(y, 20, PacfMethod.BURG), BURG);
        }
    }

    @Test
    void bartlettIntervalsAndTheirStatisticsAgree() {
        for (JsonNode series : usable()) {
            double[] y = Oracle.array(series.get("values"));
            JsonNode theirs = series.get("acf_bartlett_ci_and_q");
            int lags = theirs.get("qstat").size();
            double[] r = Autocorrelation.acf(y, lags);
            double[] widths = Autocorrelation.bartlettHalfWidths(r, y.length, 0.95);
            for (int k = 0; k <= lags; k++) {
                double low = theirs.get("confint").get(k).get(0).asDouble();
                double high = theirs.get("confint").get(k).get(1).asDouble();
                assertThat(r[k] - widths[k]).isCloseTo(low, within(ACF));
                assertThat(r[k] + widths[k]).isCloseTo(high, within(ACF));
            }
            for (int k = 1; k <= lags; k++) {
                TestResult q = Portmanteau.ljungBox(y, k, 0);
                double statistic = theirs.get("qstat").get(k - 1).asDouble();
                assertThat(q.statistic()).isCloseTo(statistic, within(1e-12 * statistic));
                assertThat(q.pValue()).isEqualTo(Distributions.chiSquaredTail(q.statistic(), k));
            }
        }
    }

    @Test
    void theConstantSeriesHasNoAutocorrelation() {
        double[] y = Oracle.array(Oracle.series("const_50").get("values"));
        assertThat(Autocorrelation.acf(y, 5)).containsOnly(Double.NaN);
        assertThat(Autocorrelation.acfAdjusted(y, 5)).containsOnly(Double.NaN);
        for (PacfMethod method : PacfMethod.values()) {
            assertThat(Autocorrelation.pacf(y, 5, method)).containsOnly(Double.NaN);
        }
    }

    private static List<JsonNode> usable() {
        List<JsonNode> usable = new ArrayList<>();
        for (JsonNode series : Oracle.series()) {
            if (series.has("acf") && !series.get("series").asText().equals("const_50")) {
                usable.add(series);
            }
        }
        assertThat(usable).hasSize(20);
        return usable;
    }

    private static void check(JsonNode series, String key, double[] ours, double tolerance) {
        double[] theirs = Oracle.array(series.get(key));
        for (int k = 0; k < theirs.length; k++) {
            assertThat(ours[k])
                    .as(series.get("series").asText() + " " + key + " lag " + k)
                    .isCloseTo(theirs[k], within(tolerance));
        }
    }
}
