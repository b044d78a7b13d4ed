package org.lama.core.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;
import org.lama.core.signal.HonestyReport.Kind;
import org.lama.core.signal.HonestyReport.Outcome;

class HonestyCheckTest {
    private static final long DAY = 86_400_000_000_000L;
    private static final int ROWS = 200;
    private final HonestyCheck check = HonestyCheck.of(7);

    private static Frame bars(long seed) {
        double[][] columns = new double[5][ROWS];
        Rng rng = Seeds.rng(seed, 0);
        double price = 100;
        for (int row = 0; row < ROWS; row++) {
            columns[0][row] = price;
            price *= StrictMath.exp(0.03 * rng.nextGaussian());
            columns[3][row] = price;
            columns[1][row] = Math.max(columns[0][row], price) * 1.01;
            columns[2][row] = Math.min(columns[0][row], price) * 0.99;
            columns[4][row] = 1_000 * rng.nextDouble();
        }
        return Frame.of(
                        "S" + seed,
                        TimeIndex.regular(0, DAY, ROWS),
                        DAY,
                        new Provenance(Provenance.Kind.SYNTHETIC, "test", "", ""))
                .with("open", columns[0])
                .with("high", columns[1])
                .with("low", columns[2])
                .with("close", columns[3])
                .with("volume", columns[4]);
    }

    private static double[] close(Frame frame) {
        return frame.column("close").toArray();
    }

    /** Mean of the closes in [row + from, row + to], NaN where that leaves the data. */
    private static double[] window(double[] x, int from, int to) {
        double[] out = new double[x.length];
        for (int row = 0; row < x.length; row++) {
            double sum = row + from < 0 || row + to >= x.length ? Double.NaN : 0;
            for (int i = row + from; i <= row + to && !Double.isNaN(sum); i++) {
                sum += x[i];
            }
            out[row] = sum / (to - from + 1);
        }
        return out;
    }

    private static void assertCaught(HonestyReport report, Kind... kinds) {
        assertThat(report.passed()).as(report.asText()).isFalse();
        for (Kind kind : kinds) {
            assertThat(report.finding(kind).outcome()).as(report.asText()).isEqualTo(Outcome.FAILED);
        }
    }

    @Test
    void aTrailingWindowPassesEveryCheckThatHasAMeaning() {
        HonestyReport report = check.rows("trailing", bars(1), f -> new double[][] {window(close(f), -4, 0)});
        assertThat(report.orThrow().passed()).isTrue();
        assertThat(report.finding(Kind.POISON_NAN).runs()).isGreaterThanOrEqualTo(20);
        assertThat(report.finding(Kind.AVAILABLE).outcome()).isEqualTo(Outcome.NOT_RUN);
        assertThat(report.findings())
                .filteredOn(f -> f.outcome() == Outcome.PASSED)
                .hasSize(7);
    }

    @Test
    void aCentredWindowIsCaughtWithPlaceAndBits() {
        HonestyReport report = check.feature("centred", bars(1), f -> f.with("smooth", window(close(f), -1, 1)));
        assertCaught(report, Kind.POISON_NAN, Kind.POISON_SCALE, Kind.POISON_REVERSE, Kind.TRUNCATE);
        HonestyReport.Violation violation =
                report.finding(Kind.POISON_SCALE).violation().orElseThrow();
        assertThat(violation.column()).isEqualTo("smooth");
        assertThat(violation.row()).isEqualTo(violation.cut());
        assertThat(violation.expected()).isNotEqualTo(violation.actual());
        assertThat(report.finding(Kind.DELAY).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(report.asText()).contains("POISON_SCALE").contains("smooth").contains("FAILED");
        assertThatThrownBy(report::orThrow)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("centred sees the future or hidden state");
    }

    @Test
    void aFullSampleScalerIsCaught() {
        HonestyReport report = check.rows("scaler", bars(2), f -> {
            double[] x = close(f);
            double mean = Arrays.stream(x).average().orElse(0);
            double sd =
                    Math.sqrt(Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / x.length);
            return new double[][] {Arrays.stream(x).map(v -> (v - mean) / sd).toArray()};
        });
        assertCaught(report, Kind.POISON_NAN, Kind.POISON_SCALE, Kind.TRUNCATE);
    }

    @Test
    void aFutureRegimePercentileIsCaught() {
        HonestyReport report = check.rows("percentile", bars(3), f -> {
            double[] x = close(f);
            double[] out = new double[x.length];
            for (int row = 1; row < x.length; row++) {
                double now = Math.abs(x[row] / x[row - 1] - 1);
                int below = 0;
                for (int i = 1; i < x.length; i++) {
                    below += Math.abs(x[i] / x[i - 1] - 1) < now ? 1 : 0;
                }
                out[row] = below > 0.9 * x.length ? 1 : 0;
            }
            return new double[][] {out};
        });
        assertCaught(report, Kind.POISON_NAN, Kind.TRUNCATE);
    }

    @Test
    void aFutureRankedUniverseIsCaughtAndAPastRankedOneIsNot() {
        List<Frame> universe = List.of(bars(1), bars(2), bars(3), bars(4));
        HonestyReport cheat = check.universe("future-ranked", universe, all -> best(all, true));
        assertCaught(cheat, Kind.POISON_NAN, Kind.TRUNCATE);
        check.universe("past-ranked", universe, all -> best(all, false)).orThrow();
    }

    /** One row per symbol: 1 where the symbol has the highest volume over the sample, or over the past 10 bars. */
    private static double[][] best(List<Frame> all, boolean fullSample) {
        double[][] out = new double[all.size()][all.get(0).size()];
        for (int row = 0; row < out[0].length; row++) {
            int winner = 0;
            double most = -1;
            for (int s = 0; s < out.length; s++) {
                double[] volume = all.get(s).column("volume").toArray();
                double sum = 0;
                for (int i = fullSample ? 0 : Math.max(0, row - 9); i <= (fullSample ? volume.length - 1 : row); i++) {
                    sum += Double.isNaN(volume[i]) ? 0 : volume[i];
                }
                if (sum > most) {
                    most = sum;
                    winner = s;
                }
            }
            out[winner][row] = most > 0 ? 1 : 0;
        }
        return out;
    }

    @Test
    void aTrainingLabelThatReachesPastTheWindowIsCaughtAtTheRetrainRow() {
        // Refits every 50 rows; the label of row i is the return of bar i + 1.
        HonestyCheck atRetrain = check.including(50, 100, 150).without(Kind.DELAY);
        HonestyReport cheat = atRetrain.rows("overlap", bars(5), f -> refits(f, 0));
        assertCaught(cheat, Kind.POISON_NAN, Kind.TRUNCATE);
        assertThat(cheat.finding(Kind.POISON_NAN).violation().orElseThrow().cut() % 50)
                .isZero();
        atRetrain.rows("purged", bars(5), f -> refits(f, 1)).orThrow();
    }

    private static double[][] refits(Frame f, int purge) {
        double[] x = close(f);
        double[] out = new double[x.length];
        double mean = 0;
        for (int row = 0; row < x.length; row++) {
            if (row % 50 == 0 && row > 0) {
                mean = 0;
                for (int i = row - 40; i <= row - purge; i++) {
                    mean += i + 1 < x.length ? x[i + 1] / x[i] - 1 : 0;
                }
            }
            out[row] = mean;
        }
        return new double[][] {out};
    }

    @Test
    void aModelWhoseLabelReachesPastItsWindowIsCaughtAndAnHonestOneIsNot() {
        HonestyReport cheat = check.model(new LabelModel(1), bars(6), 20, 120);
        assertCaught(cheat, Kind.POISON_NAN, Kind.POISON_SCALE, Kind.TRUNCATE);
        assertThat(cheat.finding(Kind.POISON_NAN).violation().orElseThrow().cut())
                .isEqualTo(119);
        HonestyReport honest = check.model(new LabelModel(0), bars(6), 20, 120).orThrow();
        assertThat(honest.finding(Kind.DELAY).outcome()).isEqualTo(Outcome.NOT_RUN);
        assertThat(honest.finding(Kind.AVAILABLE).outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void aSignalThatIsKnownTooLateIsCaught() {
        HonestyReport report = check.model(new LabelModel(2), bars(6), 20, 120);
        assertCaught(report, Kind.AVAILABLE);
        assertThat(report.finding(Kind.AVAILABLE).violation().orElseThrow().row())
                .isEqualTo(119);
    }

    /** Mean return of the window; 1 leaks the next return through the indicators, 2 dates its signals too early. */
    private record LabelModel(int cheat) implements SignalModel {
        @Override
        public String name() {
            return "label";
        }

        @Override
        public Frame indicators(Frame bars) {
            double[] x = close(bars);
            double[] label = new double[x.length];
            for (int row = 1; row < x.length; row++) {
                label[cheat == 1 ? row - 1 : row] = x[row] / x[row - 1] - 1;
            }
            return bars.with("label", label);
        }

        @Override
        public Scorer fit(Frame train, FitContext context) {
            double[] label = train.column("label").toArray();
            double mean = Arrays.stream(label).average().orElse(0);
            return new Scorer() {
                @Override
                public Signal score(Frame past) {
                    long time = past.availableAt(past.size() - 1);
                    double value = Math.tanh(mean + close(past)[past.size() - 1] / 1e4);
                    return Signal.directional(value, 1, Double.NaN, time, cheat == 2 ? time + 1 : time);
                }

                @Override
                public double[] trainingSignal() {
                    return label;
                }

                @Override
                public FitStatus status() {
                    return FitStatus.ok(1, 0);
                }

                @Override
                public ModelSummary summary() {
                    return new ModelSummary(
                            "mean", status(), Map.of("mean", mean), List.of(), List.of(), new double[0], List.of());
                }
            };
        }
    }

    @Test
    void whatIsKnownBesideTheFrameIsCaughtByTheDelay() {
        Frame data = bars(8);
        double[] future = window(close(data), 1, 3);
        HonestyReport report = check.rows("side channel", data, f -> new double[][] {Arrays.copyOf(future, f.size())});
        assertThat(report.finding(Kind.POISON_NAN).outcome()).isEqualTo(Outcome.PASSED);
        assertCaught(report, Kind.DELAY);
    }

    @Test
    void whatIsKnownByDateIsCaughtByTheShift() {
        Frame data = bars(8);
        Map<Long, Double> byTime = new HashMap<>();
        for (int row = 0; row + 1 < data.size(); row++) {
            byTime.put(data.index().at(row), close(data)[row + 1]);
        }
        HonestyReport report = check.rows("by date", data, f -> {
            double[] out = new double[f.size()];
            for (int row = 0; row < out.length; row++) {
                out[row] = byTime.getOrDefault(f.index().at(row), Double.NaN);
            }
            return new double[][] {out};
        });
        assertCaught(report, Kind.SHIFT);
        assertThat(check.without(Kind.SHIFT, Kind.DELAY)
                        .rows("calendar", data, f -> new double[][] {{}})
                        .finding(Kind.SHIFT)
                        .outcome())
                .isEqualTo(Outcome.NOT_RUN);
    }

    @Test
    void hiddenStateIsCaughtByRepetition() {
        int[] calls = {0};
        HonestyReport report = check.rows("counter", bars(1), f -> {
            double[] out = new double[f.size()];
            Arrays.fill(out, calls[0]++);
            return new double[][] {out};
        });
        assertCaught(report, Kind.REPEAT);
    }

    @Test
    void exceptionsAndWrongShapesAreViolationsWithWords() {
        HonestyReport throwing = check.rows("picky", bars(1), f -> {
            for (double x : close(f)) {
                if (Double.isNaN(x)) {
                    throw new IllegalArgumentException("NaN");
                }
            }
            return new double[][] {close(f)};
        });
        assertThat(throwing.finding(Kind.POISON_NAN).violation().orElseThrow().detail())
                .isEqualTo("threw java.lang.IllegalArgumentException: NaN");
        assertThat(check.rows("none", bars(1), f -> new double[0][0]).passed()).isFalse();
        HonestyReport shorter = check.rows("short", bars(1), f -> new double[][] {new double[3]});
        assertThat(shorter.finding(Kind.REPEAT).violation().orElseThrow().detail())
                .isEqualTo("gave 3 rows where 200 are needed");
        HonestyReport names = check.feature(
                "names", bars(1), f -> Double.isNaN(f.column("close").last()) ? f.with("gap", close(f)) : f);
        assertThat(names.finding(Kind.POISON_NAN).violation().orElseThrow().detail())
                .startsWith("outputs are ");
    }

    @Test
    void atTheOpenOnlyTheOpenIsKnown() {
        List<Frame> data = List.of(bars(9));
        check.atOpen("gap", data, all -> gap(all.get(0))).orThrow();
        HonestyReport report = check.atOpen("same bar", data, all -> new double[][] {close(all.get(0))});
        assertCaught(report, Kind.POISON_NAN, Kind.POISON_SCALE, Kind.POISON_REVERSE, Kind.TRUNCATE);
        HonestyReport range = check.atOpen(
                "high", data, all -> new double[][] {all.get(0).column("high").toArray()});
        assertCaught(range, Kind.POISON_NAN);
        // The same functions are fine when they decide at the close.
        check.rows("same bar", data.get(0), f -> new double[][] {close(f)}).orThrow();
    }

    private static double[][] gap(Frame f) {
        double[] open = f.column("open").toArray();
        double[] out = new double[open.length];
        out[0] = Double.NaN;
        for (int row = 1; row < out.length; row++) {
            out[row] = open[row] / f.column("close").get(row - 1) - 1;
        }
        return new double[][] {out};
    }

    @Test
    void sharedStateBetweenSessionsOfACombinerIsCaught() {
        double[] shared = {0};
        HonestyReport report = check.combiner(new FirstMember(shared, true), List.of("a", "b", "c"), 120);
        assertCaught(report, Kind.REPEAT);
        check.combiner(new FirstMember(shared, false), List.of("a", "b", "c"), 120)
                .orThrow();
    }

    @SuppressWarnings("ArrayRecordComponent") // a cell shared on purpose
    private record FirstMember(double[] shared, boolean leaks) implements Combiner {
        @Override
        public String name() {
            return "first";
        }

        @Override
        public Combiner.Session open(List<String> members, double barsPerDay) {
            return new Combiner.Session() {
                @Override
                public void train(Combiner.TrainingRows rows) {}

                @Override
                public void observe(long timeNanos, double[] memberReturns) {
                    shared[0] += leaks ? 1 : 0;
                }

                @Override
                public Composite combine(List<Signal> signals, RegimeLabel regime) {
                    double value = signals.get(0).value() / (1 + (leaks ? shared[0] : 0));
                    List<Composite.Contribution> parts = new ArrayList<>();
                    parts.add(new Composite.Contribution(members.get(0), 1, value));
                    return new Composite(value, 1, 1, regime, parts, "first", List.of());
                }
            };
        }
    }

    @Test
    void aRegimeDetectorThatCountsCallsAcrossSessionsIsCaught() {
        int[] calls = {0};
        List<RegimeLabel> labels = List.of(RegimeLabel.values());
        RegimeDetector cheat = new RegimeDetector() {
            @Override
            public String name() {
                return "counter";
            }

            @Override
            public RegimeDetector.Session open(double barsPerDay) {
                return state -> labels.get(calls[0]++ % 3);
            }
        };
        assertCaught(check.regimes(cheat, 100), Kind.REPEAT);
        RegimeDetector calm = new RegimeDetector() {
            @Override
            public String name() {
                return "loss";
            }

            @Override
            public RegimeDetector.Session open(double barsPerDay) {
                return state -> state.return24h() < -0.05 ? RegimeLabel.CRISIS : RegimeLabel.NORMAL;
            }
        };
        check.regimes(calm, 100).orThrow();
    }

    @Test
    void cutsCoverTheRowsAndTheEnds() {
        int[] cuts = Cuts.of(1, 20, 5, 100, List.of(50));
        assertThat(cuts).contains(5, 50, 98).isSorted().hasSizeGreaterThanOrEqualTo(20);
        assertThat(Cuts.of(1, 24, 0, 21, List.of())).hasSize(20);
        assertThat(Cuts.of(1, 24, 0, 21, List.of())).isEqualTo(Cuts.of(1, 24, 0, 21, List.of()));
    }

    @Test
    void badArgumentsAreRefused() {
        assertThatThrownBy(() -> check.withCuts(19)).hasMessage("cuts must be >= 20, got 19");
        assertThat(check.withCuts(40)
                        .rows("x", bars(1), f -> new double[][] {close(f)})
                        .finding(Kind.TRUNCATE)
                        .runs())
                .isGreaterThanOrEqualTo(40);
        assertThatThrownBy(() -> check.from(190).rows("x", bars(1), f -> new double[1][200]))
                .hasMessageContaining("at least 20 rows to cut at");
        assertThatThrownBy(() -> check.including(199).rows("x", bars(1), f -> new double[1][200]))
                .hasMessageContaining("cut must be in");
        assertThatThrownBy(() -> check.model(new LabelModel(0), bars(1), 0, 190))
                .hasMessageContaining("trainTo");
        assertThatThrownBy(() -> check.universe("x", List.of(), f -> new double[1][200]))
                .hasMessageContaining("at least one frame");
        assertThatThrownBy(() -> check.universe("x", List.of(bars(1), bars(2).head(100)), f -> new double[1][200]))
                .hasMessageContaining("same times");
        HonestyReport report = check.rows("x", bars(1), f -> new double[][] {close(f)});
        assertThatThrownBy(() -> new HonestyReport("x", List.of()).finding(Kind.DELAY))
                .hasMessageContaining("DELAY");
        assertThat(report.columns()).hasSize(9);
    }
}
