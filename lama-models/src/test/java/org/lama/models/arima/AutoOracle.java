package org.lama.models.arima;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** Reads auto-oracle.tsv.gz and auto-xreg-oracle.tsv; the scripts beside them say what the columns are. */
final class AutoOracle {
    final Map<String, Known> series = new LinkedHashMap<>();
    final List<Choice> choices = new ArrayList<>();
    final List<WithColumns> regressions = new ArrayList<>();

    /** A series with R's differences by KPSS, ADF, PP and seasonal strength. */
    @SuppressWarnings("ArrayRecordComponent")
    record Known(double[] values, int period, int[] differences) {}

    /** What R's auto.arima chose in one mode. */
    record Choice(String series, String mode, ArimaSpec spec, double aicc) {}

    /** The same with regressors. */
    @SuppressWarnings("ArrayRecordComponent")
    record WithColumns(
            String name,
            double[] values,
            int period,
            Regressors x,
            ArimaSpec spec,
            double aicc,
            double[] coefficients) {}

    static AutoOracle read() {
        AutoOracle oracle = new AutoOracle();
        for (String[] f : lines("auto-oracle.tsv.gz")) {
            switch (f[0]) {
                case "series" -> oracle.series.put(f[1], new Known(numbers(f[3]), Integer.parseInt(f[2]), new int[4]));
                case "differences" -> {
                    for (int i = 0; i < 4; i++) {
                        Objects.requireNonNull(oracle.series.get(f[1])).differences()[i] = Integer.parseInt(f[2 + i]);
                    }
                }
                default -> oracle.choices.add(new Choice(f[1], f[2], spec(f[3], f[4], f[5]), Double.parseDouble(f[6])));
            }
        }
        for (String[] f : lines("auto-xreg-oracle.tsv")) {
            String[] columns = f[3].split(";", -1);
            List<String> names = new ArrayList<>();
            double[][] x = new double[columns.length][];
            for (int j = 0; j < columns.length; j++) {
                names.add("x" + j);
                x[j] = numbers(columns[j]);
            }
            oracle.regressions.add(new WithColumns(
                    f[0],
                    numbers(f[2]),
                    Integer.parseInt(f[1]),
                    Regressors.of(names, x),
                    spec(f[4], f[5], f[6]),
                    Double.parseDouble(f[7]),
                    numbers(f[8])));
        }
        return oracle;
    }

    private static ArimaSpec spec(String order, String mean, String drift) {
        int[] k =
                Arrays.stream(order.split(",", -1)).mapToInt(Integer::parseInt).toArray();
        ArimaSpec.Seasonal seasonal =
                k[6] == 1 ? ArimaSpec.Seasonal.NONE : new ArimaSpec.Seasonal(k[3], k[4], k[5], k[6]);
        return new ArimaSpec(k[0], k[1], k[2], seasonal, mean.equals("1"), drift.equals("1"));
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.trim().split(" +", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static List<String[]> lines(String name) {
        try (InputStream raw = Objects.requireNonNull(AutoOracle.class.getResourceAsStream(name));
                InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().map(line -> line.split("\t", -1)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
