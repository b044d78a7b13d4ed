package org.lama.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.lama.core.data.DatasetProvider.Request;
import org.lama.core.data.Datasets;
import org.lama.core.data.MarketData;
import org.lama.core.data.MarketData.PlantedAnomaly;
import org.lama.core.features.BookFeatures;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;

class SyntheticBooksTest {
    private static final long DAY = 86_400_000_000_000L;
    private static final Request REQUEST = new Request(42, 8, 1_461, DAY);
    private static final MarketData PLAIN = new SyntheticMarket().load(REQUEST);
    private static final MarketData NULL =
            Datasets.named("synthetic-books-null").load(REQUEST);
    private static final MarketData TELLING = Datasets.named("synthetic-books").load(REQUEST);

    private static final Map<String, Frame> FEATURES = TELLING.frames().stream()
            .collect(Collectors.toMap(
                    Frame::symbol, frame -> BookFeatures.defaults().addTo(frame)));

    @Test
    void withoutMovesAfterThemAnomaliesLeaveBarsAndPoolsAsTheyWere() {
        for (Frame plain : PLAIN.frames()) {
            Frame books = NULL.frame(plain.symbol());
            assertThat(books.columnNames()).isEqualTo(plain.columnNames());
            for (String column : plain.columnNames()) {
                if (!column.startsWith("book.")) {
                    assertThat(books.column(column).toArray())
                            .as(column)
                            .containsExactly(plain.column(column).toArray());
                }
            }
        }
        assertThat(NULL.planted()).isEqualTo(PLAIN.planted());
        assertThat(PLAIN.plantedAnomalies()).isEmpty();
    }

    @Test
    void bothMarketsHaveTheSameAnomaliesAndOnlyOneHasMoves() {
        assertThat(NULL.plantedAnomalies())
                .hasSameSizeAs(TELLING.plantedAnomalies())
                .allSatisfy(anomaly -> assertThat(anomaly.nextMove()).isZero());
        // 8 a year for 8 assets and 4 years: 256, with a standard deviation of 16
        assertThat(TELLING.plantedAnomalies()).hasSizeBetween(190, 320);
        long followed = TELLING.plantedAnomalies().stream()
                .filter(a -> a.nextMove() != 0)
                .count();
        assertThat((double) followed / TELLING.plantedAnomalies().size()).isCloseTo(0.6, within(0.12));
        Map<String, Long> kinds = TELLING.plantedAnomalies().stream()
                .collect(Collectors.groupingBy(PlantedAnomaly::kind, Collectors.counting()));
        assertThat(kinds.keySet())
                .containsExactlyInAnyOrder(
                        "VACUUM", "TORN", "ONE_SIDED_BID", "ONE_SIDED_ASK", "PRETENDED_BID", "PRETENDED_ASK");
    }

    @Test
    void movesHaveTheSignThatTheirKindSays() {
        for (PlantedAnomaly anomaly : TELLING.plantedAnomalies()) {
            boolean rises = anomaly.kind().endsWith("_ASK");
            assertThat(anomaly.nextMove() * (rises ? 1 : -1))
                    .as(anomaly.toString())
                    .isGreaterThanOrEqualTo(0);
            assertThat(Math.abs(anomaly.nextMove())).isLessThan(3.9 + 1e-9);
        }
    }

    @Test
    void theMoveStandsInTheBarAfterTheSnapshotAndNotBefore() {
        double followed = 0;
        double told = 0;
        int count = 0;
        for (PlantedAnomaly anomaly : TELLING.plantedAnomalies()) {
            Frame frame = TELLING.frame(anomaly.symbol());
            Frame without = NULL.frame(anomaly.symbol());
            int row = frame.index().ceiling(anomaly.closeNanos()) - 1;
            assertThat(frame.availableAt(row)).isEqualTo(anomaly.closeNanos());
            if (anomaly.nextMove() != 0) {
                count++;
                followed += extra(frame, without, row + 1) * Math.signum(anomaly.nextMove());
                told += Math.abs(extra(frame, without, row));
            }
        }
        assertThat(followed / count).as("log return added by a move").isGreaterThan(0.05);
        // a bar with an anomaly may itself follow one two bars before; anything else is the rounding of another price
        // level
        assertThat(told / count).isLessThan(1e-12);
    }

    private static double extra(Frame frame, Frame without, int row) {
        return body(frame, row) - body(without, row);
    }

    private static double body(Frame frame, int row) {
        return Math.log(at(frame, Columns.CLOSE, row) / at(frame, Columns.OPEN, row));
    }

    @Test
    void booksAreNeverCrossedAndSumsGrow() {
        for (Frame frame : TELLING.frames()) {
            double[] bid = frame.column(Columns.BOOK_BID).toArray();
            rising(new double[bid.length], bid, true);
            rising(bid, frame.column(Columns.BOOK_ASK).toArray(), true);
            for (String side : new String[] {Columns.BOOK_BID_DEPTH, Columns.BOOK_ASK_DEPTH}) {
                double[] near = frame.column(side + 10).toArray();
                rising(new double[near.length], near, false);
                rising(near, frame.column(side + 25).toArray(), false);
                rising(
                        frame.column(side + 25).toArray(),
                        frame.column(side + 50).toArray(),
                        false);
            }
            for (String side : new String[] {Columns.BOOK_BID_SIZE, Columns.BOOK_ASK_SIZE}) {
                double[] best = frame.column(side + 1).toArray();
                rising(new double[best.length], best, true);
                rising(best, frame.column(side + 5).toArray(), true);
                rising(frame.column(side + 5).toArray(), frame.column(side + 10).toArray(), true);
            }
        }
    }

    private static void rising(double[] low, double[] high, boolean strictly) {
        for (int row = 0; row < low.length; row++) {
            if (!(strictly ? low[row] < high[row] : low[row] <= high[row])) {
                assertThat(high[row]).as("row %d", row).isGreaterThan(low[row]);
            }
        }
    }

    /** Each kind moves what it is about, against the same asset's usual book. */
    @Test
    void everyKindShowsInItsFeature() {
        assertThat(typical("VACUUM", BookFeatures.BID_DEPTH_RATIO + 50)).isLessThan(0.1);
        assertThat(typical("VACUUM", BookFeatures.ASK_DEPTH_RATIO + 50)).isLessThan(0.1);
        assertThat(typical("ONE_SIDED_BID", BookFeatures.IMBALANCE + 5)).isLessThan(-0.8);
        assertThat(typical("ONE_SIDED_ASK", BookFeatures.IMBALANCE + 5)).isGreaterThan(0.8);
        assertThat(typical("PRETENDED_BID", BookFeatures.IMBALANCE + 10)).isGreaterThan(0.7);
        assertThat(typical("PRETENDED_BID", BookFeatures.IMBALANCE + 1)).isLessThan(0);
        assertThat(typical("PRETENDED_ASK", BookFeatures.IMBALANCE + 10)).isLessThan(-0.7);
        double usual = Arrays.stream(FEATURES.values().stream()
                        .map(frame -> frame.column(BookFeatures.RELATIVE_SPREAD).toArray())
                        .flatMapToDouble(Arrays::stream)
                        .sorted()
                        .toArray())
                .skip(REQUEST.days() * 4L)
                .findFirst()
                .orElseThrow();
        assertThat(typical("TORN", BookFeatures.RELATIVE_SPREAD)).isGreaterThan(4 * usual);
    }

    /** Median of a feature over all anomalies of a kind. */
    private static double typical(String kind, String feature) {
        double[] values = TELLING.plantedAnomalies().stream()
                .filter(anomaly -> anomaly.kind().equals(kind))
                .mapToDouble(anomaly -> {
                    Frame frame = Objects.requireNonNull(FEATURES.get(anomaly.symbol()));
                    return frame.column(feature).get(frame.index().ceiling(anomaly.closeNanos()) - 1);
                })
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        return values[values.length / 2];
    }

    @Test
    void aShorterMarketIsTheBeginningOfALongerOne() {
        MarketData shorter = Datasets.named("synthetic-books").load(new Request(42, 8, 500, DAY));
        for (Frame frame : shorter.frames()) {
            for (String column : frame.columnNames()) {
                assertThat(frame.column(column).toArray())
                        .as(column)
                        .containsExactly(Arrays.copyOf(
                                TELLING.frame(frame.symbol()).column(column).toArray(), 500));
            }
        }
    }

    @Test
    void equalRequestsGiveEqualBits() {
        MarketData again =
                SyntheticMarket.withBooks(PlantedAnomalies.informative()).load(REQUEST);
        for (Frame frame : TELLING.frames()) {
            for (String column : frame.columnNames()) {
                assertThat(again.frame(frame.symbol()).column(column).toArray())
                        .containsExactly(frame.column(column).toArray());
            }
        }
        assertThat(again.plantedAnomalies()).isEqualTo(TELLING.plantedAnomalies());
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> new PlantedAnomalies(61, 0.5, 3)).hasMessageContaining("perYear");
        assertThatThrownBy(() -> new PlantedAnomalies(8, 1.5, 3)).hasMessageContaining("adverseShare");
        assertThatThrownBy(() -> new PlantedAnomalies(8, 0.5, 0)).hasMessageContaining("adverseMove");
        assertThat(PlantedAnomalies.empty().isNull()).isTrue();
    }

    private static double at(Frame frame, String column, int row) {
        return frame.column(column).get(row);
    }
}
