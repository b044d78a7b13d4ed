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
    /** Every fit of the reference, with season, drift and regressors. */
    final List<Full> all = new ArrayList<>();

    private final Map<String, Regressors> regressors = new HashMap<>();
    private final Map<String, Regressors> futures = new HashMap<>();

    /** One fit with all its values; empty arrays where the reference could not fit. */
    static final class Full {
        final String series;
        final ArimaSpec spec;
        final boolean xreg;
        private final String[] f;

        Full(String[] f) {
            this.f = f;
            series = f[1];
            double[] o = numbers(f[2].replace(',', ' '));
            double[] s = numbers(f[3].replace(',', ' '));
            ArimaSpec.Seasonal season = new ArimaSpec.Seasonal((int) s[0], (int) s[1], (int) s[2], (int) s[3]);
            spec = new ArimaSpec((int) o[0], (int) o[1], (int) o[2], season, f[4].equals("1"), f[5].equals("1"));
            xreg = f[6].equals("1");
        }

        private double[] field(int i) {
            return i < f.length ? numbers(f[i]) : new double[0];
        }

        boolean refused() {
            return f.length == 7;
        }

        List<String> names() {
            return f[7].isEmpty() ? List.of() : List.of(f[7].split(" ", -1));
        }

        double[] coefficients() {
            return field(8);
        }

        double[] standardErrors() {
            return field(9);
        }

        double sigma2() {
            return field(10)[0];
        }

        double logLikelihood() {
            return field(10)[1];
        }

        double reference() {
            return field(10)[2];
        }

        int observations() {
            return (int) field(10)[3];
        }

        double[] residualsHead() {
            return field(11);
        }

        double[] residualsTail() {
            return field(12);
        }

        double[] forecast() {
            return field(13);
        }

        double[] forecastErrors() {
            return field(14);
        }

        double[] fixed() {
            return field(15);
        }

        double logLikelihoodAtFixed() {
            return field(16)[0];
        }

        double sigma2AtFixed() {
            return field(16)[1];
        }

        double conditionalAtFixed() {
            return field(16)[2];
        }

        double[] residualsAtFixed() {
            return field(17);
        }

        double[] conditionalCoefficients() {
            return field(18);
        }

        /** sigma2, logLikelihood, first row with an error. */
        double[] conditional() {
            return field(19);
        }

        double[] conditionalResidualsTail() {
            return field(20);
        }

        /** logLikelihood, sigma2 of R's default method. */
        double[] conditionalThenLikelihood() {
            return field(21);
        }

        double smallestRoot() {
            return Math.min(field(22)[0], field(22)[1]);
        }

        boolean hasGaps() {
            return series.endsWith("gaps");
        }

        @Override
        public String toString() {
            return series + " " + spec + (xreg ? " + xreg" : "");
        }
    }

    Regressors regressors(Full fit) {
        return fit.xreg ? Objects.requireNonNull(regressors.get(fit.series)) : Regressors.none();
    }

    Regressors future(Full fit) {
        return Objects.requireNonNull(futures.get(fit.series));
    }

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
            case "full" -> all.add(new Full(f));
            case "xreg" -> {
                Regressors known = regressors.getOrDefault(f[1], Regressors.none());
                regressors.put(f[1], known.and(Regressors.of(f[2], numbers(f[3]))));
                Regressors later = futures.getOrDefault(f[1], Regressors.none());
                futures.put(f[1], later.and(Regressors.of(f[2], numbers(f[4]))));
            }
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
