package org.lama.core.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Issue;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.series.Provenance;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;

/** Pages that are shuffled, overlap, come twice or grow while we walk: every row once, in order, or a named refusal. */
class PagingPropertyTest {
    private static final SeriesKey FUNDING = SeriesKey.of("BINANCE.PERP.BTC-USDT", RecordKind.FUNDING);
    private static final SeriesKey TRADES = SeriesKey.of("BINANCE.SPOT.BTC-USDT", RecordKind.TRADES);
    private static final Provenance HERE = new Provenance(Provenance.Kind.EXCHANGE, "here", "", "");

    private final List<Source.Batch> batches = new ArrayList<>();

    private SeriesFeed feed(SeriesKey key, List<String> columns, long to) {
        return new SeriesFeed(key, columns, HERE, new SeriesFeed.Span(0, to, 37), batches::add);
    }

    private List<Long> times() {
        List<Long> times = new ArrayList<>();
        for (Source.Batch batch : batches) {
            for (long time : batch.rows().times("time")) {
                times.add(time);
            }
        }
        return times;
    }

    private static List<Row> rows(NavigableSet<Long> times, long from, long to, int limit) {
        return new ArrayList<>(times.subSet(from, to).stream()
                .limit(limit)
                .map(time -> Row.at(time, 0, time * 1e-6))
                .toList());
    }

    private static void shuffle(List<Row> rows, Rng rng) {
        for (int i = rows.size() - 1; i > 0; i--) {
            Collections.swap(rows, i, rng.nextInt(i + 1));
        }
    }

    @Test
    void everyRowComesOnceInOrderWhateverThePagesDo() throws IOException {
        for (int seed = 0; seed < 200; seed++) {
            Rng rng = Seeds.rng(77, seed);
            TreeSet<Long> times = new TreeSet<>();
            int n = rng.nextInt(300);
            for (int i = 0; i < n; i++) {
                times.add((long) rng.nextInt(2000));
            }
            int limit = 1 + rng.nextInt(40);
            List<Row> last = new ArrayList<>();
            batches.clear();
            SeriesFeed feed = feed(FUNDING, List.of("rate"), 2000);
            boolean windows = rng.nextInt(2) == 0;
            Paging.Page page = (from, to) -> {
                if (rng.nextInt(6) == 0 && !last.isEmpty()) {
                    return new ArrayList<>(last);
                }
                // overlaps the page before
                long begin = windows ? from : Math.max(0, from - rng.nextInt(3));
                List<Row> found = rows(times, begin, to, limit + 3);
                shuffle(found, rng);

                last.clear();
                last.addAll(found);
                return found;
            };
            Paging.Pace pace = new Paging.Pace("test", limit + (windows ? 20 : 3), 1, 10_000);
            try {
                if (windows) {
                    Paging.windows(feed, 0, 2000, pace, page);
                } else {
                    Paging.forward(feed, 0, 2000, pace, page);
                }
            } catch (SourceException e) {
                assertThat(e.reason()).isEqualTo(SourceException.Reason.PAGING); // chance repeated one page four times
                continue;
            }
            feed.flush(2000);
            assertThat(times()).as("seed " + seed).containsExactlyElementsOf(times);
            long covered = 0;
            for (Source.Batch batch : batches) {
                assertThat(batch.coveredFromNanos()).isEqualTo(covered);
                covered = batch.coveredToNanos();
                assertThat(batch.rows().rows()).isLessThanOrEqualTo(37 + limit + 3 + 2000 / 3);
            }
            assertThat(covered).isEqualTo(2000);
        }
    }

    @Test
    void pagesFromTheNewestAreNotTakenForPagesFromTheOldest() {
        TreeSet<Long> times = new TreeSet<>(List.of(10L, 20L, 30L, 40L, 50L));
        SeriesFeed feed = feed(FUNDING, List.of("rate"), 100);
        SourceException refused = catchThrowableOfType(
                SourceException.class,
                () -> Paging.forward(feed, 0, 100, new Paging.Pace("test", 2, 1, 50), (from, to) -> {
                    List<Row> all = rows(times, from, to, 99);
                    all.sort(Comparator.comparingLong(Row::time).reversed());
                    return all.subList(0, Math.min(2, all.size()));
                }));
        assertThat(refused.reason()).isEqualTo(SourceException.Reason.PAGING);
        assertThat(refused).hasMessageContaining("oldest rows");
        assertThat(batches).isEmpty();
    }

    @Test
    void pagesThatBringNothingNewAndPagesWithoutEndAreLeft() {
        SeriesFeed feed = feed(FUNDING, List.of("rate"), 100);
        int[] asked = new int[1];
        SourceException circle = catchThrowableOfType(
                SourceException.class,
                () -> Paging.forward(feed, 0, 100, new Paging.Pace("test", 2, 1, 50), (from, to) -> {
                    asked[0]++;
                    return List.of(Row.at(7, 0, 1));
                }));
        assertThat(circle).hasMessageContaining("nothing new 4 times");
        assertThat(asked[0]).isEqualTo(5);
        SourceException endless = catchThrowableOfType(
                SourceException.class,
                () -> Paging.forward(
                        feed, 10, 100, new Paging.Pace("test", 5, 1, 3), (from, to) -> List.of(Row.at(from, 0, 1))));
        assertThat(endless).hasMessageContaining("more than 3 pages");
        assertThat(endless.source()).isEqualTo("test");
        assertThat(endless.where()).isEqualTo("number of pages");
    }

    @Test
    void tradesGoByNumberEvenWhereTimesStepBackAndHolesAreCounted() throws IOException {
        SeriesFeed feed = feed(TRADES, List.of("price", "size", "side"), 1000).known(SeriesFeed.Identity.CONSECUTIVE);
        List<Row> tape = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            if (i != 50) {
                tape.add(Row.at(i * 5L - i % 2 * 7L + 7, i, 100 + i, 1, i % 2));
            }
        }
        Paging.numbers(
                feed,
                0,
                400,
                new Paging.Pace("test", 10, 1, 50),
                (first, end) -> tape.stream()
                        .filter(row -> row.seq() >= first - 2)
                        .limit(10)
                        .toList());
        feed.flush(400);
        assertThat(times()).hasSizeBetween(77, 99);
        List<Issue> issues = batches.stream().flatMap(b -> b.issues().stream()).toList();
        assertThat(issues.stream().filter(i -> i.reason() == Issue.Reason.SEQUENCE_GAP))
                .singleElement()
                .satisfies(gap -> assertThat(gap.detail()).contains("1 times").contains("51 does not follow 49"));
        assertThat(issues).extracting(Issue::reason).contains(Issue.Reason.DUPLICATE_EQUAL);
    }

    @Test
    void rowsThatBreakTheRulesAreCountedAndNotGiven() throws IOException {
        SeriesFeed feed = feed(TRADES, List.of("price", "size", "side"), 1000);
        feed.take(List.of(
                Row.at(1, 1, Double.NaN, 1, 0),
                Row.at(2, 2, -5, 1, 0),
                Row.at(3, 3, 0, 1, 0),
                Row.at(4, 4, 5, -1, 0),
                Row.at(5, 5, Double.POSITIVE_INFINITY, 1, 0),
                Row.at(6, 6, 5, 1, 1),
                Row.at(6, 6, 7, 1, 1),
                Row.at(2000, 7, 5, 1, 1)));
        feed.flush(1000);
        assertThat(times()).containsExactly(6L);
        assertThat(batches.get(0).rows().longs("side")).containsExactly(1);
        assertThat(batches.get(0).issues())
                .extracting(issue -> issue.reason() + " " + issue.detail().replaceAll(" times.*", ""))
                .containsExactlyInAnyOrder("NON_FINITE 2", "NON_POSITIVE 3", "DUPLICATE_DIFFERENT 1");
    }

    @Test
    void aReceiverThatFailedIsNotAskedAgain() {
        int[] asked = new int[1];
        SeriesFeed feed = new SeriesFeed(FUNDING, List.of("rate"), HERE, new SeriesFeed.Span(0, 9, 1), batch -> {
            asked[0]++;
            throw new IOException("full");
        });
        assertThat(catchThrowableOfType(IOException.class, () -> feed.take(List.of(Row.at(1, 0, 1)))))
                .hasMessage("full");
        assertThat(catchThrowableOfType(IOException.class, feed::flushAfterFailure))
                .isNull();
        assertThat(asked[0]).isEqualTo(1);
    }
}
