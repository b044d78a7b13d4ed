package org.lama.core.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Against an independent implementation on 2,000 generated bars; see oracles/features/README.md. */
class FeaturesOracleTest {
    /** Sums of 20 terms in another order. */
    private static final double RELATIVE = 1e-11;

    private final double[][] columns = load();

    private static double[][] load() {
        try (InputStream file = Objects.requireNonNull(
                        FeaturesOracleTest.class.getResourceAsStream("/oracles/features/indicators.csv.gz"));
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
            List<String[]> rows = new ArrayList<>();
            reader.readLine();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                rows.add(line.split(",", -1));
            }
            double[][] columns = new double[9][rows.size()];
            for (int c = 0; c < columns.length; c++) {
                int column = c;
                Arrays.setAll(columns[c], t -> {
                    String cell = rows.get(t)[column];
                    return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
                });
            }
            return columns;
        } catch (IOException failure) {
            throw new IllegalStateException("indicators.csv.gz", failure);
        }
    }

    private static void assertSame(double[] ours, double[] oracle) {
        int compared = 0;
        for (int t = 0; t < ours.length; t++) {
            if (!Double.isNaN(oracle[t])) {
                assertThat(ours[t])
                        .as("row %d", t)
                        .isCloseTo(oracle[t], within(RELATIVE * Math.abs(oracle[t]) + 1e-15));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(1900);
    }

    @Test
    void rollingVolatilityEqualsTheOracle() {
        double[] out = new double[columns[2].length];
        Returns.log(columns[2], out);
        Volatility.rolling(out, RollingWindow.full(20), out);
        assertSame(out, columns[4]);
    }

    @Test
    void parkinsonEqualsTheOracle() {
        double[] out = new double[columns[2].length];
        Volatility.parkinson(columns[0], columns[1], RollingWindow.full(20), out);
        assertSame(out, columns[5]);
    }

    @Test
    void amihudEqualsTheOracle() {
        double[] out = new double[columns[2].length];
        Illiquidity.amihud(columns[2], columns[3], out);
        Rolling.mean(out, RollingWindow.full(20), out);
        assertSame(out, columns[6]);
    }

    @Test
    void corwinSchultzEqualsTheOracleWithNegativeEstimatesAsZero() {
        double[] out = new double[columns[2].length];
        Illiquidity.corwinSchultz(columns[0], columns[1], out);
        assertSame(out, Arrays.stream(columns[7]).map(v -> v < 0 ? 0 : v).toArray());
        Rolling.mean(out, RollingWindow.full(20), out);
        assertSame(out, columns[8]);
    }
}
