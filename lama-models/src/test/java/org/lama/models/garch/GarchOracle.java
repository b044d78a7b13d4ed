package org.lama.models.garch;

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

/** Reads garch-oracle.tsv.gz; see make_garch_oracle.py beside it for the columns and their source. */
final class GarchOracle {
    final Map<String, double[]> series = new HashMap<>();
    final List<Fit> fits = new ArrayList<>();

    /** Only read by tests, never compared or changed; lists are empty where the reference value was not recorded. */
    @SuppressWarnings("ArrayRecordComponent")
    record Fit(
            String series,
            GarchSpec spec,
            double logLikelihood,
            double[] parameters,
            double[] robust,
            double[] classic,
            double[] forecast,
            double[] head,
            double[] tail,
            double[] fixed,
            double atFixed,
            double[] fixedTail) {
        @Override
        public String toString() {
            return series + " " + spec;
        }
    }

    double[] values(String name) {
        return Objects.requireNonNull(series.get(name), name);
    }

    static GarchOracle read() {
        GarchOracle oracle = new GarchOracle();
        try (InputStream in = Objects.requireNonNull(GarchOracle.class.getResourceAsStream("garch-oracle.tsv.gz"));
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
        if (f[0].equals("series")) {
            series.put(f[1], numbers(f[2]));
            return;
        }
        GarchSpec spec = new GarchSpec(
                GarchSpec.Kind.valueOf(f[2]),
                Integer.parseInt(f[3]),
                Integer.parseInt(f[4]),
                Integer.parseInt(f[5]),
                f[6].equals("t") ? GarchSpec.Distribution.STUDENT_T : GarchSpec.Distribution.NORMAL,
                f[7].equals("Zero") ? GarchSpec.Mean.ZERO : GarchSpec.Mean.CONSTANT);
        fits.add(new Fit(
                f[1],
                spec,
                Double.parseDouble(f[8]),
                numbers(f[9]),
                numbers(f[10]),
                numbers(f[11]),
                numbers(f[12]),
                numbers(f[13]),
                numbers(f[14]),
                numbers(f[15]),
                Double.parseDouble(f[16]),
                numbers(f[17])));
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
