package org.lama.models.arima;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** Reads arima-oracle.tsv.gz; see make_arima_oracle.py beside it for the columns and their source. */
final class ArimaOracle {
    final Map<String, double[]> series = new HashMap<>();
    final List<Fit> fits = new ArrayList<>();
    final List<Auto> autos = new ArrayList<>();

    /** Only read by tests, never compared or changed. */
    @SuppressWarnings("ArrayRecordComponent")
    record Fit(
            String series,
            ArimaSpec spec,
            double logLikelihood,
            double reference,
            double[] coefficients,
            double[] standardErrors,
            double[] fixed,
            double atFixed,
            double[] forecast,
            double[] forecastErrors,
            double[] residuals,
            double smallestRoot,
            double sigma2) {
        @Override
        public String toString() {
            return series + " " + spec;
        }
    }

    record Auto(String series, int d, double aicc, String order) {}

    double[] values(String name) {
        return Objects.requireNonNull(series.get(name), name);
    }

    static ArimaOracle read() {
        ArimaOracle oracle = new ArimaOracle();
        try (InputStream in = Objects.requireNonNull(ArimaOracle.class.getResourceAsStream("arima-oracle.tsv.gz"));
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                oracle.add(line.split("\t", -1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return oracle;
    }

    private void add(String[] f) {
        switch (f[0]) {
            case "series" -> series.put(f[1], numbers(f[2]));
            case "auto" -> autos.add(new Auto(f[1], Integer.parseInt(f[2]), Double.parseDouble(f[3]), f[4]));
            default -> {
                String[] order = f[2].split(",", -1);
                int d = Integer.parseInt(order[1]);
                boolean constant = d == 0 ? f[3].equals("1") : f[4].equals("1");
                ArimaSpec spec = new ArimaSpec(Integer.parseInt(order[0]), d, Integer.parseInt(order[2]), constant);
                double[] roots = numbers(f[14]);
                fits.add(new Fit(
                        f[1],
                        spec,
                        Double.parseDouble(f[5]),
                        Double.parseDouble(f[6]),
                        numbers(f[7]),
                        numbers(f[8]),
                        numbers(f[9]),
                        Double.parseDouble(f[10]),
                        numbers(f[11]),
                        numbers(f[12]),
                        numbers(f[13]),
                        Math.min(roots[0], roots[1]),
                        Double.parseDouble(f[15])));
            }
        }
    }

    private static double[] numbers(String text) {
        if (text.isEmpty()) {
            return new double[0];
        }
        String[] parts = text.split(" ", -1);
        double[] values = new double[parts.length];
        for (int i = 0; i < parts.length; i++) {
            values[i] = Double.parseDouble(parts[i]);
        }
        return values;
    }
}
