package org.lama.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Seeds;
import org.lama.core.data.DatasetProvider;
import org.lama.core.data.DatasetProvider.Request;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;

class SyntheticMarketTest {
    private static final long DAY = 86_400_000_000_000L;
    private static final long HOUR = DAY / 24;
    private static final MarketData DEFAULT = new SyntheticMarket().load(SyntheticMarket.defaults(42));

    @Test
    void theDefaultIsTwentyAssetsOverFourYears() {
        assertThat(DEFAULT.symbols()).hasSize(20).startsWith("SYN01USDT").endsWith("SYN20USDT");
        assertThat(DEFAULT.barNanos()).isEqualTo(DAY);
        assertThat(DEFAULT.frames()).allSatisfy(frame -> {
            assertThat(frame.size()).isEqualTo(1_461);
            assertThat(TimeIndex.instant(frame.index().at(0))).hasToString("2020-01-01T00:00:00Z");
            assertThat(TimeIndex.instant(frame.index().at(1_460))).hasToString("2023-12-31T00:00:00Z");
        });
        assertThat(DEFAULT.quality()).hasSize(20).allSatisfy(report -> {
            assertThat(report.missing()).isZero();
            assertThat(report.hasErrors()).isFalse();
        });
    }

    @Test
    void everyFrameSaysThatItIsSynthetic() {
        assertThat(DEFAULT.frames()).allSatisfy(frame -> {
            assertThat(frame.provenance().kind()).isEqualTo(Provenance.Kind.SYNTHETIC);
            assertThat(frame.provenance().source()).contains("synthetic").contains("42");
        });
    }

    @Test
    void barsEncloseTheirPricesAndNothingIsMissing() {
        for (Frame frame : DEFAULT.frames()) {
            assertThat(frame.columnNames()).hasSize(5 + 14 + 8);
            double[] open = frame.column(Columns.OPEN).toArray();
            double[] high = frame.column(Columns.HIGH).toArray();
            double[] low = frame.column(Columns.LOW).toArray();
            double[] close = frame.column(Columns.CLOSE).toArray();
            for (int row = 0; row < open.length; row++) {
                assertThat(high[row]).isGreaterThanOrEqualTo(Math.max(open[row], close[row]));
                assertThat(low[row])
                        .isLessThanOrEqualTo(Math.min(open[row], close[row]))
                        .isPositive();
                assertThat(row == 0 ? 0 : Math.abs(open[row] / close[row - 1] - 1))
                        .isLessThan(0.004);
            }
            for (String column : frame.columnNames()) {
                for (double value : frame.column(column).toArray()) {
                    assertThat(value > 0 && Double.isFinite(value)).as(column).isTrue();
                }
            }
        }
    }

    @Test
    void booksAreNeverCrossedAndDepthGrowsWithDistance() {
        for (Frame frame : DEFAULT.frames()) {
            for (int row = 0; row < frame.size(); row++) {
                assertThat(at(frame, Columns.BOOK_BID, row)).isLessThan(at(frame, Columns.CLOSE, row));
                assertThat(at(frame, Columns.BOOK_ASK, row)).isGreaterThan(at(frame, Columns.CLOSE, row));
                for (String side : List.of(Columns.BOOK_BID_DEPTH, Columns.BOOK_ASK_DEPTH)) {
                    assertThat(at(frame, side + 10, row)).isLessThan(at(frame, side + 25, row));
                    assertThat(at(frame, side + 25, row)).isLessThan(at(frame, side + 50, row));
                }
                for (String side : List.of(Columns.BOOK_BID_SIZE, Columns.BOOK_ASK_SIZE)) {
                    assertThat(at(frame, side + 1, row)).isLessThan(at(frame, side + 5, row));
                    assertThat(at(frame, side + 5, row)).isLessThan(at(frame, side + 10, row));
                }
                assertThat(at(frame, Columns.POOL_CONCENTRATION, row)).isBetween(0.1, 1.0);
            }
        }
    }

    private static double at(Frame frame, String column, int row) {
        return frame.column(column).get(row);
    }

    @Test
    void equalRequestsGiveEqualBitsAndOtherSeedsOthers() {
        Request small = new Request(7, 4, 90, DAY);
        assertThat(bits(new SyntheticMarket().load(small))).isEqualTo(bits(new SyntheticMarket().load(small)));
        assertThat(bits(new SyntheticMarket().load(new Request(8, 4, 90, DAY))))
                .isNotEqualTo(bits(new SyntheticMarket().load(small)));
    }

    private static long bits(MarketData data) {
        long hash = 1;
        for (Frame frame : data.frames()) {
            for (String column : frame.columnNames()) {
                for (double value : frame.column(column).toArray()) {
                    hash = 31 * hash + Double.doubleToLongBits(value);
                }
            }
        }
        return hash;
    }

    @Test
    void threeAssetsArePlantedAndTheSeedChoosesThem() {
        Set<Set<String>> choices = new HashSet<>();
        for (int seed = 0; seed < 10; seed++) {
            List<MarketData.Planted> planted =
                    new SyntheticMarket().load(new Request(seed, 20, 30, DAY)).planted();
            assertThat(planted).hasSize(3);
            Set<String> symbols = new HashSet<>();
            planted.forEach(truth -> symbols.add(truth.symbol()));
            assertThat(symbols).hasSize(3);
            choices.add(symbols);
        }
        assertThat(choices).hasSizeGreaterThan(8);
        assertThat(new SyntheticMarket().load(new Request(1, 2, 30, DAY)).planted())
                .hasSize(2);
    }

    @Test
    void hourlyBarsKeepTheDailyVolatility() {
        MarketData hourly = new SyntheticMarket().load(new Request(42, 3, 400, HOUR));
        MarketData daily = new SyntheticMarket().load(new Request(42, 3, 400, DAY));
        for (String symbol : hourly.symbols()) {
            Frame frame = hourly.frame(symbol);
            assertThat(frame.size()).isEqualTo(9_600);
            double ratio = Math.sqrt(24 * variance(frame, 1) / variance(daily.frame(symbol), 1));
            assertThat(ratio).isBetween(0.6, 1.6);
        }
        assertThat(hourly.planted().get(0).annualSharpe()).isPositive();
    }

    private static double variance(Frame frame, int lag) {
        double[] close = frame.column(Columns.CLOSE).toArray();
        double sum = 0;
        for (int row = lag; row < close.length; row++) {
            double r = Math.log(close[row] / close[row - lag]);
            sum += r * r;
        }
        return sum / (close.length - lag);
    }

    /** The best linear filter with the true parameters earns what {@link PlantedEdge#annualSharpe} says. */
    @Test
    void thePlantedSharpeIsWhatPerfectKnowledgeEarns() {
        PlantedEdge edge = PlantedEdge.DEFAULT;
        for (double dayFraction : new double[] {1, 0.25}) {
            int bars = (int) (100 * 365 / dayFraction);
            AssetPath path = new AssetPath(3, new MarketFactor(5, bars, dayFraction), edge, true);
            double phi = edge.phi(dayFraction);
            double gain = edge.errorVariance(dayFraction) / (1 + edge.errorVariance(dayFraction));
            double forecast = 0;
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < bars; i++) {
                // Money is made on simple returns; here in units of the volatility that was known before the bar.
                double volatility = Math.log(path.close[i] / path.open[i]) / path.surprise[i];
                double simple = (path.close[i] / path.open[i] - 1) / volatility;
                double earned = Math.max(0, forecast) * simple;
                sum += earned;
                squares += earned * earned;
                forecast = phi * (forecast + gain * (simple - forecast));
            }
            double mean = sum / bars;
            double sharpe = mean / Math.sqrt(squares / bars - mean * mean) * Math.sqrt(365 / dayFraction);
            // A century of returns has a standard error of 0.1 in the annual Sharpe ratio.
            assertThat(sharpe).isCloseTo(edge.annualSharpe(dayFraction), within(0.3));
        }
        assertThat(DEFAULT.planted().get(0).annualSharpe()).isCloseTo(edge.annualSharpe(1), within(1e-12));
    }

    @Test
    void theRiccatiFixedPointHolds() {
        PlantedEdge edge = new PlantedEdge(0.8, 0.5);
        double p = edge.errorVariance(1);
        assertThat(0.64 * p / (p + 1) + 0.36 * 0.25).isCloseTo(p, within(1e-15));
        assertThatThrownBy(() -> new PlantedEdge(1, 0.5)).hasMessageContaining("phiPerDay");
        assertThatThrownBy(() -> new PlantedEdge(0.5, 0)).hasMessageContaining("kappaPerDay");
    }

    /** Expected simple return zero, no autocorrelation, and no column foretells the next return. */
    @Test
    void nullsCannotBePredicted() {
        double cross = 0;
        double lean = 0;
        double tvl = 0;
        double total = 0;
        int n = 0;
        for (int seed = 0; seed < 40; seed++) {
            long own = Seeds.derive(77, seed);
            MarketFactor market = new MarketFactor(own, 1_461, 1);
            AssetPath path = new AssetPath(own, market, PlantedEdge.DEFAULT, false);
            Frame bars = Frame.of(
                    "X", TimeIndex.regular(0, 1, 1_461), 1, new Provenance(Provenance.Kind.SYNTHETIC, "test", "", ""));
            Frame frame = LiquidityColumns.withPools(LiquidityColumns.withBook(bars, path, own), path, own);
            for (int row = 1; row + 1 < 1_461; row++) {
                double next = Math.max(-4, Math.min(4, path.surprise[row + 1]));
                double bid = frame.column(Columns.BOOK_BID_DEPTH + 50).get(row);
                double ask = frame.column(Columns.BOOK_ASK_DEPTH + 50).get(row);
                cross += Math.max(-4, Math.min(4, path.surprise[row])) * next;
                lean += Math.signum(bid - ask) * next;
                tvl += Math.signum(frame.column(Columns.POOL_TVL).get(row)
                                - frame.column(Columns.POOL_TVL).get(row - 1))
                        * next;
                total += path.close[row + 1] / path.open[row + 1] - 1;
                n++;
            }
        }
        // Bounds are 4 standard errors of sums of n terms with variances of at most 1; the mean has 4 % a day.
        assertThat(Math.abs(cross)).isLessThan(4 * Math.sqrt(n));
        assertThat(Math.abs(lean)).isLessThan(4 * Math.sqrt(n));
        assertThat(Math.abs(tvl)).isLessThan(4 * Math.sqrt(n));
        assertThat(Math.abs(total)).isLessThan(4 * 0.05 * Math.sqrt(n));
    }

    @Test
    void tailsAreFatAndVolatilityClusters() {
        double kurtosis = 0;
        double clustering = 0;
        for (Frame frame : DEFAULT.frames()) {
            double[] close = frame.column(Columns.CLOSE).toArray();
            int n = close.length - 1;
            double[] square = new double[n];
            double mean = 0;
            for (int i = 0; i < n; i++) {
                double r = Math.log(close[i + 1] / close[i]);
                square[i] = r * r;
                mean += square[i] / n;
            }
            double fourth = 0;
            double lagged = 0;
            for (int i = 1; i < n; i++) {
                fourth += square[i] * square[i] / n;
                lagged += Math.min(square[i], 9 * mean) * Math.min(square[i - 1], 9 * mean) / n;
            }
            kurtosis += fourth / (mean * mean) / 20;
            clustering += lagged / (mean * mean) / 20;
        }
        assertThat(kurtosis).isGreaterThan(4.5);
        assertThat(clustering).isGreaterThan(1.1);
    }

    @Test
    void liquidityColumnsMoveTogetherAndEpisodesOccur() {
        MarketFactor market = new MarketFactor(9, 1_461, 1);
        int hot = 0;
        int dry = 0;
        int both = 0;
        for (int i = 0; i < 1_461; i++) {
            boolean isHot = market.heat[i] > 1.5;
            boolean isDry = market.liquidity[i] < -0.8;
            hot += isHot && !isDry ? 1 : 0;
            dry += isDry && !isHot ? 1 : 0;
            both += isHot && isDry ? 1 : 0;
        }
        assertThat(hot).isBetween(30, 250);
        assertThat(dry).isBetween(30, 250);
        assertThat(both).isBetween(15, 250);
        AssetPath path = new AssetPath(4, market, PlantedEdge.DEFAULT, false);
        Frame bars = Frame.of(
                "X", TimeIndex.regular(0, 1, 1_461), 1, new Provenance(Provenance.Kind.SYNTHETIC, "test", "", ""));
        Frame frame = LiquidityColumns.withPools(LiquidityColumns.withBook(bars, path, 4), path, 4);
        assertThat(correlation(
                        path.liquidity,
                        frame.column(Columns.BOOK_BID_DEPTH + 50).toArray()))
                .isGreaterThan(0.6);
        assertThat(correlation(
                        path.liquidity, frame.column(Columns.POOL_CONCENTRATION).toArray()))
                .isLessThan(-0.2);
    }

    private static double correlation(double[] x, double[] y) {
        double mx = java.util.Arrays.stream(x).average().orElse(0);
        double my = java.util.Arrays.stream(y).average().orElse(0);
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < x.length; i++) {
            xx += (x[i] - mx) * (x[i] - mx);
            yy += (y[i] - my) * (y[i] - my);
            xy += (x[i] - mx) * (y[i] - my);
        }
        return xy / Math.sqrt(xx * yy);
    }

    @Test
    void innovationsHaveVarianceOneAndTheStatedMoment() {
        org.lama.core.base.Rng rng = Seeds.rng(1, 1);
        double squares = 0;
        double moment = 0;
        int n = 400_000;
        for (int i = 0; i < n; i++) {
            double x = Innovations.next(rng);
            squares += x * x / n;
            moment += Math.exp(0.3 * x) / n;
        }
        assertThat(squares).isCloseTo(1, within(0.015));
        assertThat(Math.log(moment)).isCloseTo(Innovations.logMoment(0.3), within(0.003));
    }

    @Test
    void isFoundByName() {
        assertThat(ServiceLoader.load(DatasetProvider.class))
                .anyMatch(p -> p.name().equals("synthetic"));
    }

    @Test
    void oddBarLengthsAndHugeRequestsAreRefused() {
        SyntheticMarket market = new SyntheticMarket();
        assertThatThrownBy(() -> market.load(new Request(1, 1, 10, 7 * HOUR)))
                .hasMessage("barNanos must divide a day, got " + 7 * HOUR);
        assertThatThrownBy(() -> market.load(new Request(1, 1, 10, 2 * DAY))).hasMessageContaining("divide a day");
        assertThatThrownBy(() -> market.load(new Request(1, 1, 100_000, 60_000_000_000L)))
                .hasMessageContaining("10,000,000");
        assertThat(market.load(new Request(1, 1, 1, DAY)).frames().get(0).size())
                .isEqualTo(1);
    }
}
