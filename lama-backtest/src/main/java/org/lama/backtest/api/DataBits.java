package org.lama.backtest.api;

import java.nio.ByteBuffer;
import java.util.List;
import org.lama.backtest.walkforward.StudyResult;
import org.lama.core.series.Frame;
import org.lama.core.store.Checksums;

/** Checksums of numbers by their bits: two results or data sets are equal if these are. */
final class DataBits {
    private DataBits() {}

    static String of(StudyResult.EquityCurve curve) {
        long[] times = curve.times();
        double[] equity = curve.equity();
        double[] benchmark = curve.benchmark();
        ByteBuffer bytes = ByteBuffer.allocate(24 * times.length);
        for (int i = 0; i < times.length; i++) {
            bytes.putLong(times[i]).putDouble(equity[i]).putDouble(benchmark[i]);
        }
        return Checksums.sha256(bytes.array());
    }

    /** With one pattern of bits for every NaN. */
    private static double[] canonical(double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                values[i] = Double.NaN;
            }
        }
        return values;
    }

    /** The checksum of all bars, in order of symbols and columns. */
    static String of(List<Frame> frames) {
        StringBuilder parts = new StringBuilder();
        for (Frame frame : frames) {
            ByteBuffer bytes = ByteBuffer.allocate(
                    8 * frame.size() * (1 + frame.columnNames().size()));
            // whole columns at once
            bytes.asLongBuffer().put(frame.index().copyRange(0, frame.size()));
            for (String name : frame.columnNames()) {
                bytes.position(bytes.position() + 8 * frame.size());
                bytes.asDoubleBuffer().put(canonical(frame.column(name).toArray()));
            }
            parts.append(frame.symbol())
                    .append(' ')
                    .append(String.join(",", frame.columnNames()))
                    .append(' ')
                    .append(Checksums.sha256(bytes.array()))
                    .append('\n');
        }
        return Checksums.sha256(parts.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
