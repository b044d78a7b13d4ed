package org.lama.models.anomaly;

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

/** Columns and labels of one file under oracles/iforest. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LabelledData(double[][] columns, double[] label) {
    static LabelledData load(String name) {
        try (InputStream file = Objects.requireNonNull(
                        LabelledData.class.getResourceAsStream("/oracles/iforest/" + name + ".csv.gz"));
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
            int features = reader.readLine().split(",", -1).length - 1;
            List<String[]> rows = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                rows.add(line.split(",", -1));
            }
            double[][] columns = new double[features + 1][rows.size()];
            for (int c = 0; c <= features; c++) {
                int column = c;
                Arrays.setAll(columns[c], r -> Double.parseDouble(rows.get(r)[column]));
            }
            return new LabelledData(Arrays.copyOf(columns, features), columns[features]);
        } catch (IOException failure) {
            throw new IllegalStateException(name, failure);
        }
    }

    int rows() {
        return label.length;
    }

    /** Area under the ROC curve by mid-ranks: the chance that an anomaly scores above a usual row. */
    double auroc(double[] scores) {
        Integer[] order = new Integer[scores.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(scores[a], scores[b]));
        double rankSum = 0;
        double anomalies = Arrays.stream(label).sum();
        for (int i = 0; i < order.length; ) {
            int end = i;
            while (end < order.length && scores[order[end]] == scores[order[i]]) {
                end++;
            }
            double midRank = 0.5 * (i + 1 + end);
            for (; i < end; i++) {
                rankSum += label[order[i]] * midRank;
            }
        }
        double usual = scores.length - anomalies;
        return (rankSum - anomalies * (anomalies + 1) / 2) / (anomalies * usual);
    }
}
