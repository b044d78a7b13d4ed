package org.lama.core.data;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.series.TimeIndex;

/** A random walk as the lines of a file, into which tests plant faults. */
final class GeneratedBars {
    static final long HOUR = 3_600_000L;
    static final long START = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();

    final List<double[]> bars = new ArrayList<>();
    final List<Long> times = new ArrayList<>();

    static GeneratedBars hourly(int count) {
        return of(count, HOUR, 100);
    }

    static GeneratedBars of(int count, long stepMillis, double price) {
        GeneratedBars made = new GeneratedBars();
        Rng rng = Seeds.rng(5, count);
        double close = price;
        for (int i = 0; i < count; i++) {
            double open = close;
            close = open * StrictMath.exp(0.01 * rng.nextGaussian());
            made.times.add(START + i * stepMillis);
            made.bars.add(new double[] {
                open, Math.max(open, close) * 1.001, Math.min(open, close) * 0.999, close, 1 + rng.nextDouble()
            });
        }
        return made;
    }

    GeneratedBars scale(int from, int to, double factor) {
        for (int i = from; i < to; i++) {
            for (int field = 0; field < 4; field++) {
                bars.get(i)[field] *= factor;
            }
        }
        return this;
    }

    GeneratedBars flat(int from, int to, double volume) {
        double close = bars.get(from - 1)[3];
        for (int i = from; i < to; i++) {
            bars.set(i, new double[] {close, close, close, close, volume});
        }
        return this;
    }

    GeneratedBars remove(int from, int to) {
        bars.subList(from, to).clear();
        times.subList(from, to).clear();
        return this;
    }

    GeneratedBars set(int bar, int field, double value) {
        bars.get(bar)[field] = value;
        return this;
    }

    GeneratedBars insert(int at, long time, double[] bar) {
        times.add(at, time);
        bars.add(at, bar.clone());
        return this;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("time_ms,open,high,low,close,volume");
        for (int i = 0; i < bars.size(); i++) {
            double[] bar = bars.get(i);
            lines.add(String.format(
                    Locale.ROOT, "%d,%s,%s,%s,%s,%s", times.get(i), bar[0], bar[1], bar[2], bar[3], bar[4]));
        }
        return lines;
    }

    String text() {
        return String.join("\n", lines()) + "\n";
    }

    static long nanos(int hour) {
        return TimeIndex.nanos(Instant.ofEpochMilli(START + hour * HOUR));
    }
}
