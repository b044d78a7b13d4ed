package org.lama.core.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookMeasures;
import org.lama.core.book.BookScale;
import org.lama.core.book.BookView;
import org.lama.core.market.Columns;
import org.lama.core.market.Side;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;

/** Random books: rows of the stream against a plain recomputation of lists, and against books whose future is cut off. */
class BookSamplerPropertyTest {
    private static final Provenance MADE = new Provenance(Provenance.Kind.SYNTHETIC, "generated", "", "");
    private static final BookSampling SETTINGS = new BookSampling(
            Duration.ofMillis(250), Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(10), 60, 8);

    @Test
    void everyColumnEqualsThePlainRecomputationInEveryBit() {
        for (long seed = 0; seed < 4; seed++) {
            BookEvents events = BookScenes.random(seed, 10_000);
            Frame frame = BookFrames.of("X", events, SETTINGS, MADE);
            Map<String, double[]> naive = new NaiveBookRows(events, SETTINGS).compute();
            assertThat(frame.size()).isGreaterThan(200);
            for (String name : BookSampler.columns()) {
                double[] plain = Objects.requireNonNull(naive.get(name));
                double[] got = frame.column(name).toArray();
                assertThat(present(got)).as("%s is there, seed %d", name, seed).isGreaterThan(frame.size() / 20);
                if (name.equals(BookSampler.REALISED_VOLATILITY)) {
                    // a plain sum of squares against mean and deviations of blocks: rounding in another order
                    for (int t = 0; t < got.length; t++) {
                        if (!Double.isNaN(got[t])) {
                            assertThat(got[t]).isCloseTo(plain[t], within(1e-12 * got[t]));
                        }
                    }
                } else {
                    int same = Arrays.mismatch(got, plain);
                    assertThat(same)
                            .as("%s, seed %d, first row that differs", name, seed)
                            .isEqualTo(-1);
                }
            }
        }
    }

    /** Sums of small books are whole numbers that add up exactly; those of the largest are not. */
    @Test
    void depthsAreThoseOfTheBookAtTheEndOfEachRowHoweverLargeItsLots() {
        for (long factor : new long[] {1, 1L << 20, 1L << 25, 1L << 32}) {
            BookEvents small = BookScenes.random(factor, 9_000);
            BookEvents events = new BookEvents(small.scale(), small.size());
            for (int i = 0; i < small.size(); i++) {
                // the numbers of a whole book are prices
                long lots = small.kind(i) == BookEvents.WHOLE ? small.lots(i) : small.lots(i) * factor;
                events.add(small.kind(i), small.exchangeNanos(i), small.localNanos(i), small.ticks(i), lots);
            }
            int[] rows = new int[2];
            BookSampler[] sampler = new BookSampler[1];
            sampler[0] = BookSampler.of(events.scale(), SETTINGS, (close, values) -> {
                for (int bps : new int[] {10, 25, 50}) {
                    double bid = values[BookSampler.columns().indexOf(Columns.BOOK_BID_DEPTH + bps)];
                    double ask = values[BookSampler.columns().indexOf(Columns.BOOK_ASK_DEPTH + bps)];
                    if (!Double.isNaN(bid)) {
                        String where = bps + " bps, lots times " + factor;
                        BookView book = sampler[0].book();
                        assertThat(bid).as(where).isEqualTo(BookMeasures.depthWithin(book, Side.BUY, bps));
                        assertThat(ask).as(where).isEqualTo(BookMeasures.depthWithin(book, Side.SELL, bps));
                        rows[0]++;
                        double units =
                                bid / events.scale().tickSize() / events.scale().lotSize();
                        rows[1] += units > 0x1p53 ? 1 : 0;
                    }
                }
            });
            for (int i = 0; i < events.size(); i++) {
                sampler[0].accept(events, i);
            }
            assertThat(rows[0]).isGreaterThan(500);
            assertThat(rows[1] > 0).as("beyond 2^53").isEqualTo(factor > 1L << 20);
        }
    }

    @Test
    void theFutureDoesNotMoveTheRowsBeforeIt() {
        BookEvents events = BookScenes.random(77, 9_000);
        Frame whole = BookFrames.of("X", events, SETTINGS, MADE);
        for (int cut = 1_000; cut < 9_000; cut += 1_700) {
            BookEvents part = new BookEvents(events.scale(), cut);
            for (int row = 0; row < cut; row++) {
                part.add(
                        events.kind(row),
                        events.exchangeNanos(row),
                        events.localNanos(row),
                        events.ticks(row),
                        events.lots(row));
            }
            Frame before = BookFrames.of("X", part, SETTINGS, MADE);
            for (String name : BookSampler.columns()) {
                double[] past = whole.head(before.size()).column(name).toArray();
                assertThat(Arrays.mismatch(before.column(name).toArray(), past))
                        .as(name)
                        .isEqualTo(-1);
            }
        }
    }

    @Test
    void unitsOfPriceAndSizeDoNotMatterButToAmihudAndKyle() {
        BookEvents events = BookScenes.random(5, 9_000);
        BookEvents other = new BookEvents(new BookScale(0.5 * 1024, 0.01 / 4096), events.size());
        for (int row = 0; row < events.size(); row++) {
            other.add(
                    events.kind(row),
                    events.exchangeNanos(row),
                    events.localNanos(row),
                    events.ticks(row),
                    events.lots(row));
        }
        Frame one = BookFrames.of("X", events, SETTINGS, MADE);
        Frame two = BookFrames.of("X", other, SETTINGS, MADE);
        List<String> withUnit = List.of(BarFeatures.AMIHUD, BookSampler.KYLE_LAMBDA);
        for (String name : BookSampler.columns()) {
            if (name.startsWith("feature.") && !withUnit.contains(name)) {
                double[] a = one.column(name).toArray();
                double[] b = two.column(name).toArray();
                for (int t = 0; t < a.length; t++) {
                    if (!Double.isNaN(a[t])) {
                        // logarithms of other prices round differently; a covariance near 0 has a root
                        assertThat(b[t]).as(name).isCloseTo(a[t], within(1e-9 + 1e-9 * Math.abs(a[t])));
                    }
                }
            }
        }
    }

    private static int present(double[] values) {
        int count = 0;
        for (double value : values) {
            count += Double.isNaN(value) ? 0 : 1;
        }
        return count;
    }
}
