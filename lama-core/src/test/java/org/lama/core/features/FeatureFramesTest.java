package org.lama.core.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;

class FeatureFramesTest {
    private static final long HOUR = Duration.ofHours(1).toNanos();
    private static final List<String> BOOK_TAILS = List.of("10", "25", "50");

    /** Random bars with a book, gaps and zero volumes. */
    static Frame bars(int rows, long seed) {
        Rng rng = Seeds.rng(seed, 0);
        String[] names = {
            Columns.OPEN,
            Columns.HIGH,
            Columns.LOW,
            Columns.CLOSE,
            Columns.VOLUME,
            Columns.BOOK_BID,
            Columns.BOOK_ASK,
            Columns.BOOK_BID_SIZE + 1,
            Columns.BOOK_ASK_SIZE + 1,
            Columns.BOOK_BID_SIZE + 5,
            Columns.BOOK_ASK_SIZE + 5,
            Columns.BOOK_BID_SIZE + 10,
            Columns.BOOK_ASK_SIZE + 10,
            Columns.BOOK_BID_DEPTH + 10,
            Columns.BOOK_ASK_DEPTH + 10,
            Columns.BOOK_BID_DEPTH + 25,
            Columns.BOOK_ASK_DEPTH + 25,
            Columns.BOOK_BID_DEPTH + 50,
            Columns.BOOK_ASK_DEPTH + 50
        };
        double[][] values = new double[names.length][rows];
        double price = 100;
        for (int t = 0; t < rows; t++) {
            double open = price;
            price *= Math.exp(0.01 * rng.nextGaussian());
            values[0][t] = open;
            values[1][t] = Math.max(open, price) * (1 + 0.004 * rng.nextDouble());
            values[2][t] = Math.min(open, price) * (1 - 0.004 * rng.nextDouble());
            values[3][t] = price;
            values[4][t] = rng.nextInt(30) == 0 ? 0 : 10 * rng.nextDouble();
            values[5][t] = price * 0.9995;
            values[6][t] = price * (1.0002 + 0.0006 * rng.nextDouble());
            for (int c = 7; c < names.length; c++) {
                values[c][t] = (c + 1) * (0.1 + rng.nextDouble());
            }
            if (rng.nextInt(40) == 0) {
                for (double[] column : values) {
                    column[t] = Double.NaN;
                }
            }
        }
        Frame frame = Frame.of(
                "TEST",
                TimeIndex.regular(0, HOUR, rows),
                HOUR,
                new Provenance(Provenance.Kind.SYNTHETIC, "test", "", ""));
        for (int c = 0; c < names.length; c++) {
            frame = frame.with(names[c], values[c]);
        }
        return frame;
    }

    @Test
    void everyFeatureIsThereAndMostlyPresentAfterItsWarmUp() {
        Frame out = BookFeatures.defaults().addTo(BarFeatures.defaults().addTo(bars(1500, 1)));
        List<String> added = out.columnNames().stream()
                .filter(name -> name.startsWith("feature."))
                .toList();
        assertThat(added).hasSize(13 + 1 + 1 + 1 + 1 + 3 + 6 + 1);
        for (String name : added) {
            int present = 0;
            for (int t = 750; t < 1500; t++) {
                present += Double.isFinite(out.column(name).get(t)) ? 1 : 0;
            }
            assertThat(present).as(name).isGreaterThan(650);
        }
        for (String tail : BOOK_TAILS) {
            assertThat(added).contains(BookFeatures.BID_DEPTH_RATIO + tail, BookFeatures.ASK_DEPTH_RATIO + tail);
        }
    }

    @Test
    void featuresNeedOnlyTheColumnsTheyRead() {
        Frame all = bars(60, 2);
        Frame empty = Frame.of("X", all.index(), HOUR, all.provenance());
        assertThat(BookFeatures.defaults()
                        .addTo(BarFeatures.defaults().addTo(empty))
                        .columnNames())
                .isEmpty();
        Frame closes = empty.with(Columns.CLOSE, all.column(Columns.CLOSE).toArray());
        assertThat(BarFeatures.defaults().addTo(closes).columnNames())
                .containsExactly(
                        Columns.CLOSE, BarFeatures.LOG_RETURN, BarFeatures.VOLATILITY, BarFeatures.EWMA_VOLATILITY);
        Frame opens = closes.with(Columns.OPEN, all.column(Columns.OPEN).toArray());
        assertThat(BarFeatures.defaults().addTo(opens).columnNames())
                .contains(BarFeatures.GAP)
                .doesNotContain(BarFeatures.BODY);
        Frame ranges = empty.with(Columns.HIGH, all.column(Columns.HIGH).toArray())
                .with(Columns.LOW, all.column(Columns.LOW).toArray());
        assertThat(BarFeatures.defaults().addTo(ranges).columnNames())
                .contains(BarFeatures.RANGE, BarFeatures.CORWIN_SCHULTZ);
        Frame volume = empty.with(Columns.VOLUME, all.column(Columns.VOLUME).toArray());
        assertThat(BarFeatures.defaults().addTo(volume).columnNames())
                .containsExactly(Columns.VOLUME, BarFeatures.VOLUME_Z);
        Frame top = empty.with(Columns.BOOK_BID, all.column(Columns.BOOK_BID).toArray())
                .with(Columns.BOOK_ASK, all.column(Columns.BOOK_ASK).toArray())
                .with(
                        Columns.BOOK_BID_SIZE + 1,
                        all.column(Columns.BOOK_BID_SIZE + 1).toArray())
                .with(
                        Columns.BOOK_ASK_SIZE + 1,
                        all.column(Columns.BOOK_ASK_SIZE + 1).toArray());
        assertThat(BookFeatures.defaults().addTo(top).columnNames())
                .contains(BookFeatures.IMBALANCE + 1)
                .doesNotContain(BookFeatures.IMBALANCE + 5, BookFeatures.DEPTH_SLOPE);
    }

    @Test
    void emptyFrameStaysEmpty() {
        Frame out = BookFeatures.defaults().addTo(BarFeatures.defaults().addTo(bars(0, 3)));
        assertThat(out.size()).isZero();
        assertThat(out.columnNames()).contains(BarFeatures.AMIHUD_RATIO, BookFeatures.DEPTH_SLOPE);
    }

    @Test
    void spansMustBePossible() {
        assertThatThrownBy(() -> new BarFeatures(Duration.ZERO, Duration.ofDays(1)))
                .hasMessage("shortSpan must be > 0, got PT0S");
        assertThatThrownBy(() -> new BarFeatures(Duration.ofDays(2), Duration.ofDays(1)))
                .hasMessage("longSpan must be >= shortSpan PT48H, got PT24H");
        assertThatThrownBy(() -> new BookFeatures(Duration.ofDays(-1)))
                .hasMessage("medianSpan must be > 0, got PT-24H");
    }

    @Test
    void scaleOfPriceAndSizeDoesNotMatterToUnitFreeFeatures() {
        Frame frame = bars(900, 5);
        Frame scaled = frame;
        for (String name : frame.columnNames()) {
            double[] values = frame.column(name).toArray();
            for (int t = 0; t < values.length; t++) {
                values[t] *= 1024; // a power of two: exact in binary
            }
            scaled = scaled.with(name, values);
        }
        Frame a = BookFeatures.defaults().addTo(BarFeatures.defaults().addTo(frame));
        Frame b = BookFeatures.defaults().addTo(BarFeatures.defaults().addTo(scaled));
        for (String name : a.columnNames()) {
            if (!name.startsWith("feature.") || name.equals(BarFeatures.AMIHUD)) {
                continue;
            }
            for (int t = 0; t < a.size(); t++) {
                double x = a.column(name).get(t);
                double y = b.column(name).get(t);
                assertThat(Double.isNaN(y)).isEqualTo(Double.isNaN(x));
                if (!Double.isNaN(x)) { // logarithms of scaled prices differ in their last digits
                    assertThat(Math.abs(x - y)).as(name + " " + t).isLessThan(1e-9 * Math.max(1, Math.abs(x)));
                }
            }
        }
    }
}
