package org.lama.backtest.sweep;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.lama.core.search.ParameterSet;

/**
 * One trial as one line of text between tabs, closed by a checksum over itself and the checksum of the line before. Numbers
 * are in the shortest form that keeps all bits.
 */
final class TrialLine {
    private static final int CELLS = 11;

    private TrialLine() {}

    static String write(SweepTrial trial) {
        StringBuilder line = new StringBuilder(160);
        line.append(trial.number()).append('\t');
        line.append(trial.parameters().canonicalText()).append('\t');
        line.append(trial.state()).append('\t');
        line.append(trial.value()).append('\t');
        line.append(trial.figures().sharpePerPeriod()).append('\t');
        line.append(trial.figures().totalReturn()).append('\t');
        line.append(trial.figures().maximumDrawdown()).append('\t');
        line.append(trial.figures().roundTrips()).append('\t');
        line.append(trial.path()).append('\t');
        line.append(trial.reason()).append('\t');
        for (int k = 0; k < trial.rungs().size(); k++) {
            line.append(k == 0 ? "" : "|").append(trial.rungs().get(k));
        }
        return line.toString();
    }

    static SweepTrial read(String line) {
        String[] cells = line.split("\t", -1);
        if (cells.length != CELLS) {
            throw new IllegalArgumentException("a trial must have " + CELLS + " cells, got " + cells.length);
        }
        List<Double> rungs = new ArrayList<>();
        for (String rung : cells[10].isEmpty() ? new String[0] : cells[10].split("\\|", -1)) {
            rungs.add(Double.parseDouble(rung));
        }
        return new SweepTrial(
                Long.parseLong(cells[0]),
                parameters(cells[1]),
                SweepTrial.State.valueOf(cells[2]),
                Double.parseDouble(cells[3]),
                new TrialFinding.Figures(
                        Double.parseDouble(cells[4]),
                        Double.parseDouble(cells[5]),
                        Double.parseDouble(cells[6]),
                        Integer.parseInt(cells[7])),
                cells[8],
                cells[9],
                rungs);
    }

    private static ParameterSet parameters(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String item : text.split(",", -1)) {
            int equals = item.indexOf('=');
            values.put(item.substring(0, equals), item.substring(equals + 1));
        }
        return ParameterSet.of(values);
    }

    /** The checksum of a line after another one. */
    static int checksum(int before, byte[] line, int length) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, before));
        crc.update(line, 0, length);
        return (int) crc.getValue();
    }

    static byte[] bytes(String line) {
        return line.getBytes(StandardCharsets.UTF_8);
    }
}
