package org.lama.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.lama.core.book.BookEvents;
import org.lama.core.book.BookFeed;
import org.lama.core.book.BookGenerator;
import org.lama.core.book.BookGenerator.Plan;
import org.lama.core.book.BookGenerator.Planted;
import org.lama.core.book.BookGenerators;
import org.lama.core.book.BookMeasures;
import org.lama.core.book.LevelBook;
import org.lama.core.series.TimeIndex;

class SyntheticBookTest {
    private static final BookGenerator BOOKS = BookGenerators.named("synthetic");
    private static final Plan HOUR = Plan.of(5, Duration.ofMinutes(30)).withRowsPerSecond(300);

    private interface Row {
        void at(BookEvents events, int row, LevelBook book);
    }

    /** Reads a feed as a receiver would and hands out each row after it was applied; gives the number of rows. */
    private static long read(Plan plan, Row reader) throws IOException {
        BookFeed feed = BOOKS.feed(plan);
        BookEvents chunk = new BookEvents(feed.scale(), BookFeed.USUAL_ROWS);
        LevelBook book = LevelBook.keepingCrossings(feed.scale());
        long rows = 0;
        try (BookFeed.Chunks chunks = feed.open()) {
            while (chunks.next(chunk)) {
                assertThat(chunk.size()).isBetween(1, BookFeed.USUAL_ROWS);
                for (int row = 0; row < chunk.size(); row++) {
                    chunk.applyTo(row, book);
                    reader.at(chunk, row, book);
                }
                rows += chunk.size();
            }
        }
        assertThat(chunk.size()).isZero();
        return rows;
    }

    @Test
    void theBookIsWholeAtEveryRowAfterItsSnapshotAndTimesNeverStepBack() throws IOException {
        long[] last = {Long.MIN_VALUE, Long.MIN_VALUE};
        int[] seen = new int[9];
        boolean[] whole = {false};
        long rows = read(HOUR, (events, row, book) -> {
            whole[0] |= events.kind(row) == BookEvents.WHOLE;
            if (book.isValid() != whole[0]) {
                assertThat(book.isValid()).as("row %d", row).isEqualTo(whole[0]);
            }
            if (events.exchangeNanos(row) < last[0]
                    || events.localNanos(row) < last[1]
                    || events.localNanos(row) < events.exchangeNanos(row) + 200_000) {
                assertThat(row).as("times step back").isEqualTo(-1);
            }
            last[0] = events.exchangeNanos(row);
            last[1] = events.localNanos(row);
            seen[events.kind(row)]++;
        });
        assertThat((double) rows / 1_800).isBetween(200.0, 450.0);
        assertThat(seen[BookEvents.CLEAR]).isEqualTo(1);
        assertThat(seen[BookEvents.WHOLE]).isEqualTo(1);
        assertThat(seen[BookEvents.BID]).isGreaterThan((int) (rows / 3));
        assertThat(seen[BookEvents.ASK]).isGreaterThan((int) (rows / 3));
        assertThat((double) (seen[BookEvents.BUY] + seen[BookEvents.SELL]) / rows)
                .isBetween(0.05, 0.2);
    }

    @Test
    void tradesTakeTheBestLevelAndNoMoreThanItHolds() throws IOException {
        long[] before = new long[4];
        long[] wrong = {0};
        read(HOUR, (events, row, book) -> {
            byte kind = events.kind(row);
            // trades change nothing, so that the book still is as the trade found it
            if (kind == BookEvents.BUY
                    && (events.ticks(row) != book.askTicks() || events.lots(row) > book.askLots(events.ticks(row)))) {
                wrong[0]++;
            }
            if (kind == BookEvents.SELL
                    && (events.ticks(row) != book.bidTicks() || events.lots(row) > book.bidLots(events.ticks(row)))) {
                wrong[0]++;
            }
            before[0]++;
        });
        assertThat(before[0]).isPositive();
        assertThat(wrong[0]).isZero();
    }

    @Test
    void spreadAndDepthAreThoseOfALivelyMarket() throws IOException {
        double[] sums = new double[3];
        read(HOUR.withAnomalies(0, 0), (events, row, book) -> {
            if (book.isValid() && row % 100 == 0) {
                sums[0] += book.askTicks() - book.bidTicks();
                sums[1] += book.bidLots(book.bidTicks()) + book.askLots(book.askTicks());
                sums[2]++;
            }
        });
        assertThat(sums[0] / sums[2]).as("mean spread in ticks").isBetween(1.1, 4.0);
        assertThat(sums[1] / sums[2]).as("mean lots at the best levels").isBetween(15.0, 100.0);
    }

    @Test
    void anomaliesShowWhileTheyLast() throws IOException {
        Plan plan = Plan.of(11, Duration.ofHours(2)).withRowsPerSecond(80).withAnomalies(60, 0);
        List<Planted> planted = BOOKS.planted(plan);
        assertThat(planted).hasSizeBetween(40, 110).allSatisfy(each -> {
            assertThat(each.move()).isZero();
            assertThat(each.from()).isBefore(each.to());
        });
        double[] inside = new double[4];
        double[] outside = new double[4];
        int[] next = {0};
        read(plan, (events, row, book) -> {
            if (!book.isValid() || row % 5 != 0) {
                return;
            }
            long now = events.exchangeNanos(row);
            while (next[0] < planted.size()
                    && now > TimeIndex.nanos(planted.get(next[0]).to())) {
                next[0]++;
            }
            boolean during = next[0] < planted.size()
                    && now > TimeIndex.nanos(planted.get(next[0]).from());
            String kind = during ? planted.get(next[0]).kind() : "";
            double spread = book.askTicks() - book.bidTicks();
            double tilt = BookMeasures.imbalance(book, 10);
            if (kind.equals("TORN")) {
                add(inside, 0, spread);
            } else if (kind.startsWith("ONE_SIDED")) {
                add(inside, 2, tilt * (kind.endsWith("BID") ? -1 : 1));
            } else if (!during) {
                add(outside, 0, spread);
                add(outside, 2, tilt);
            }
        });
        assertThat(inside[0] / inside[1]).as("spread while torn").isGreaterThan(3 * outside[0] / outside[1]);
        assertThat(inside[2] / inside[3]).as("tilt of a one-sided book").isGreaterThan(0.35);
        assertThat(outside[2] / outside[3]).as("usual tilt").isBetween(-0.2, 0.2);
    }

    private static void add(double[] sums, int at, double value) {
        sums[at] += value;
        sums[at + 1]++;
    }

    @Test
    void aMoveFollowsWhereOneIsPlantedAndOnlyThere() throws IOException {
        double[] told = moves(1);
        assertThat(told[0]).as("mean move in ticks, in its direction").isGreaterThan(60);
        assertThat(told[0]).isGreaterThan(4 * told[1]);
        double[] empty = moves(0);
        assertThat(Math.abs(empty[0]))
                .as("mean drop in ticks where nothing follows")
                .isLessThan(3 * empty[1]);
    }

    /** Mean change of the mid in the ten seconds after an anomaly in the planted direction, else downwards; its error. */
    private static double[] moves(double share) throws IOException {
        Plan plan = Plan.of(3, Duration.ofHours(3)).withRowsPerSecond(80).withAnomalies(60, share);
        List<Planted> planted = BOOKS.planted(plan);
        List<Double> found = new ArrayList<>();
        double[] start = {Double.NaN};
        int[] next = {0};
        read(plan, (events, row, book) -> {
            if (!book.isValid() || next[0] >= planted.size()) {
                return;
            }
            long since = events.exchangeNanos(row)
                    - TimeIndex.nanos(planted.get(next[0]).to());
            if (since >= 0 && Double.isNaN(start[0])) {
                start[0] = 0.5 * (book.bidTicks() + book.askTicks());
            } else if (since >= 9_500_000_000L) {
                double moved = 0.5 * (book.bidTicks() + book.askTicks()) - start[0];
                int direction = planted.get(next[0]).move();
                found.add(direction == 0 ? -moved : direction * moved);
                start[0] = Double.NaN;
                next[0]++;
            }
        });
        assertThat(found).hasSizeGreaterThan(80);
        double mean = found.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double squares =
                found.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
        return new double[] {mean, Math.sqrt(squares) / found.size()};
    }

    @Test
    void equalPlansGiveEqualRowsAndOtherSeedsOthers() throws IOException {
        Plan plan = Plan.of(9, Duration.ofMinutes(5));
        assertThat(hash(plan)).isEqualTo(hash(plan)).isNotEqualTo(hash(Plan.of(10, Duration.ofMinutes(5))));
    }

    private static long hash(Plan plan) throws IOException {
        long[] hash = {1};
        read(
                plan,
                (events, row, book) -> hash[0] = 31 * (31 * (31 * hash[0] + events.localNanos(row)) + events.lots(row))
                        + 8L * events.ticks(row)
                        + events.kind(row));
        return hash[0];
    }

    @Test
    void aLongerFeedBeginsLikeAShorterOne() throws IOException {
        BookEvents shorter = first(Plan.of(4, Duration.ofSeconds(20)).withAnomalies(0, 0));
        BookEvents longer = first(Plan.of(4, Duration.ofHours(20)).withAnomalies(0, 0));
        for (int row = 0; row < Math.min(shorter.size(), longer.size()); row++) {
            assertThat(longer.localNanos(row)).isEqualTo(shorter.localNanos(row));
            assertThat(longer.lots(row)).isEqualTo(shorter.lots(row));
        }
    }

    private static BookEvents first(Plan plan) throws IOException {
        BookFeed feed = BOOKS.feed(plan);
        BookEvents chunk = new BookEvents(feed.scale(), 0);
        try (BookFeed.Chunks chunks = feed.open()) {
            assertThat(chunks.next(chunk)).isTrue();
        }
        return chunk;
    }

    @Test
    void aFeedOfAnInstantIsItsSnapshot() throws IOException {
        BookEvents only = first(Plan.of(4, Duration.ofNanos(1)));
        assertThat(only.size()).isEqualTo(82);
        assertThat(only.kind(0)).isEqualTo(BookEvents.CLEAR);
        assertThat(only.kind(81)).isEqualTo(BookEvents.WHOLE);
    }

    @Test
    void wrongPlansAndNamesAreRefused() {
        assertThatThrownBy(() -> Plan.of(1, Duration.ZERO)).hasMessageContaining("length must be > 0");
        assertThatThrownBy(() -> HOUR.withRowsPerSecond(0)).hasMessageContaining("rowsPerSecond");
        assertThatThrownBy(() -> HOUR.withAnomalies(121, 0)).hasMessageContaining("anomaliesPerHour");
        assertThatThrownBy(() -> HOUR.withAnomalies(1, 1.1)).hasMessageContaining("adverseShare");
        assertThatThrownBy(() -> BookGenerators.named("x")).hasMessageContaining("found: [synthetic]");
    }

    /** A day of 100 M rows: the book stays whole, prices stay on the grid, nothing grows. */
    @Test
    @Tag("slow")
    void aDayOfAHundredMillionRowsIsReadInStretches() throws IOException {
        Plan day = Plan.of(1, Duration.ofDays(1)).withRowsPerSecond(1_160);
        int[] reach = {Integer.MAX_VALUE, 0};
        long[] invalid = {0};
        long rows = read(day, (events, row, book) -> {
            invalid[0] += book.isValid() ? 0 : 1;
            reach[0] = Math.min(reach[0], book.isValid() ? book.bidTicks() : reach[0]);
            reach[1] = Math.max(reach[1], book.askTicks());
        });
        assertThat(rows).isGreaterThan(90_000_000L);
        assertThat(invalid[0]).as("rows of the snapshot").isLessThan(100);
        assertThat(reach[0]).isGreaterThan(100_000);
        assertThat(reach[1]).isLessThan(2_000_000);
    }
}
