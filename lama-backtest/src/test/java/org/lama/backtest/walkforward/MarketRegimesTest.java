package org.lama.backtest.walkforward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;
import org.lama.core.signal.Providers;
import org.lama.core.signal.RegimeDetector;
import org.lama.core.signal.RegimeLabel;

class MarketRegimesTest {
    private static final long HOUR = 3_600_000_000_000L;
    private static final long DAY = 24 * HOUR;
    private static final RegimeDetector DETECTOR = Providers.named(Providers.regimes(), "four-regimes", "detector");

    /** Hourly, calm at first, wild from the two hundredth day on, with a crash of a quarter on day 250. */
    private static Frame hours(int days) {
        int size = 24 * days;
        Rng rng = Seeds.rng(5, 0);
        double[][] columns = new double[4][size];
        double price = 100;
        for (int i = 0; i < size; i++) {
            int day = i / 24;
            double open = price;
            price *= Math.exp((day < 200 ? 0.001 : 0.01) * rng.nextGaussian() + (i == 250 * 24 + 5 ? -0.3 : 0));
            columns[0][i] = open;
            columns[1][i] = Math.max(open, price) * 1.0005;
            columns[2][i] = Math.min(open, price) * 0.9995;
            columns[3][i] = price;
        }
        return Frame.of(
                        "A",
                        TimeIndex.regular(0, HOUR, size),
                        HOUR,
                        new Provenance(Provenance.Kind.SYNTHETIC, "test", "", ""))
                .with(Columns.OPEN, columns[0])
                .with(Columns.HIGH, columns[1])
                .with(Columns.LOW, columns[2])
                .with(Columns.CLOSE, columns[3]);
    }

    private static MarketData market(Frame... frames) {
        return new MarketData(List.of(frames), List.of(), List.of());
    }

    private static TimeIndex closes(int days) {
        return TimeIndex.regular(HOUR, HOUR, 24 * days);
    }

    @Test
    void aLabelHoldsFromTheCloseOfItsDay() {
        List<RegimeLabel> labels = MarketRegimes.of(market(hours(300)), DETECTOR, closes(300));
        assertThat(labels).hasSize(300 * 24);
        assertThat(labels.subList(0, 199 * 24)).doesNotContain(RegimeLabel.CRISIS);
        List<RegimeLabel> wild = labels.subList(201 * 24, 212 * 24);
        assertThat(wild.stream().filter(RegimeLabel.HIGH_VOLATILITY::equals).count())
                .isGreaterThan(wild.size() / 2);
        // the crash of day 250 is known when the day has closed, which is row 251 * 24 - 1 of the closes
        assertThat(labels.get(251 * 24 - 2)).isNotEqualTo(RegimeLabel.CRISIS);
        assertThat(labels.get(251 * 24 - 1)).isEqualTo(RegimeLabel.CRISIS);
    }

    @Test
    void theFutureChangesNoLabel() {
        List<RegimeLabel> all = MarketRegimes.of(market(hours(300)), DETECTOR, closes(300));
        for (int days : new int[] {3, 201, 251, 280}) {
            assertThat(MarketRegimes.of(market(hours(300).head(24 * days)), DETECTOR, closes(days)))
                    .isEqualTo(all.subList(0, 24 * days));
        }
    }

    @Test
    void whatIsTooShortOrDoesNotFillADayHasNone() {
        assertThat(MarketRegimes.of(market(hours(1).head(5)), DETECTOR, closes(1)))
                .containsOnly(RegimeLabel.NORMAL)
                .hasSize(24);
        Frame odd = Frame.of(
                        "A",
                        TimeIndex.regular(0, 7 * HOUR, 50),
                        7 * HOUR,
                        new Provenance(Provenance.Kind.SYNTHETIC, "test", "", ""))
                .with(Columns.CLOSE, new double[50]);
        assertThat(MarketRegimes.of(market(odd), DETECTOR, closes(1))).isEmpty();
    }

    @Test
    void closesAloneTellTheLossOfADay() {
        double[] close = new double[40];
        for (int i = 0; i < close.length; i++) {
            close[i] = i < 30 ? 100 + i % 2 : 60;
        }
        List<Frame> frames = new ArrayList<>();
        for (String symbol : List.of("A", "BTCUSD")) {
            frames.add(Frame.of(
                            symbol,
                            TimeIndex.regular(0, DAY, close.length),
                            DAY,
                            new Provenance(Provenance.Kind.SYNTHETIC, "test", "", ""))
                    .with(Columns.CLOSE, close));
        }
        List<RegimeLabel> labels =
                MarketRegimes.of(market(frames.toArray(Frame[]::new)), DETECTOR, TimeIndex.regular(DAY, DAY, 40));
        assertThat(labels.get(29)).isEqualTo(RegimeLabel.NORMAL);
        assertThat(labels.get(30)).isEqualTo(RegimeLabel.CRISIS);
    }
}
