package org.lama.backtest.honesty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.lama.backtest.honesty.CheckReport.Outcome;
import org.lama.core.signal.Combiner;
import org.lama.core.signal.Composite;
import org.lama.core.signal.MarketState;
import org.lama.core.signal.RegimeDetector;
import org.lama.core.signal.RegimeLabel;
import org.lama.core.signal.Signal;

/** Combiners and regime detectors whose sessions leave something behind, each beside the same without the cheat. */
class SessionCheckTest {
    private static RegimeLabel label(int number) {
        return List.of(RegimeLabel.values()).get(number);
    }

    private static final long DAY = 86_400_000_000_000L;

    /** Labels by the volatility of now, or of three days on, if an earlier session has seen it. */
    private record Prophet(Map<Long, Double> seen, boolean cheat) implements RegimeDetector {
        @Override
        public String name() {
            return "prophet";
        }

        @Override
        public RegimeDetector.Session open(double barsPerDay) {
            return this::next;
        }

        private RegimeLabel next(MarketState state) {
            seen.put(state.timeNanos(), state.volatility24h());
            double volatility =
                    cheat ? seen.getOrDefault(state.timeNanos() + 3 * DAY, 0.0) : seen.get(state.timeNanos());
            return volatility > 0.6 ? label(1) : label(0);
        }
    }

    /** Learns weights from training rows and keeps them in a field that all sessions share, or in its own. */
    @SuppressWarnings("ArrayRecordComponent") // a cell shared on purpose
    private record Sharing(double[] shared, boolean cheat, boolean fragile) implements Combiner {
        @Override
        public String name() {
            return "sharing";
        }

        @Override
        public Combiner.Session open(List<String> members, double barsPerDay) {
            return new Learning(members, cheat ? shared : new double[1], fragile);
        }
    }

    private static final class Learning implements Combiner.Session {
        private final List<String> members;
        private final double[] weight;
        private final boolean fragile;

        Learning(List<String> members, double[] weight, boolean fragile) {
            this.members = members;
            this.weight = weight;
            this.fragile = fragile;
        }

        @Override
        public void train(Combiner.TrainingRows rows) {
            weight[0] = Arrays.stream(rows.nextReturns()).sum();
        }

        @Override
        public void observe(long timeNanos, double[] memberReturns) {}

        @Override
        public Composite combine(List<Signal> signals, RegimeLabel regime) {
            double value = fragile || !Double.isNaN(weight[0]) ? Math.tanh(weight[0]) : 0;
            return new Composite(
                    value,
                    1,
                    1,
                    regime,
                    List.of(new Composite.Contribution(members.get(0), 1, value)),
                    "sharing",
                    List.of());
        }
    }

    private static CheckReport regimes(boolean cheat) {
        return ModelCheck.regimes(new Prophet(new HashMap<>(), cheat), CheckSettings.DEFAULT);
    }

    @Test
    void aDetectorThatLooksUpWhatAnEarlierSessionSawIsLocated() {
        CheckReport report = regimes(true);
        assertThat(report.passed()).isFalse();
        Leak leak = report.leaks().get(0);
        assertThat(leak.cause()).as(report.explain()).isEqualTo(Leak.Cause.EARLIER_SESSION);
        assertThat(leak.what()).isEqualTo("label");
        Leak.Cell cell = leak.cell().orElseThrow();
        assertThat(cell.column()).isEqualTo("volatility");
        assertThat(cell.barsAhead()).isEqualTo(3);
        assertThat(cell.from()).isEqualTo(cell.to()).isEqualTo(leak.decision().plusSeconds(3 * 86_400));
        assertThat(leak.readIn().orElseThrow().code()).endsWith(".next");
        assertThat(leak.sentence()).contains("(3 bars ahead), which an earlier session had been given and left behind");
        assertThat(regimes(false).orThrow().leaks()).isEmpty();
    }

    @Test
    void aCombinerThatTrainsAFieldOfAllSessionsIsLocatedToTheCallThatTrained() {
        CheckReport report = ModelCheck.combiner(new Sharing(new double[1], true, false), CheckSettings.DEFAULT);
        Leak leak = report.leaks().get(0);
        assertThat(leak.cause()).as(report.explain()).isEqualTo(Leak.Cause.EARLIER_SESSION);
        assertThat(leak.cell().orElseThrow().column()).isEqualTo("return");
        assertThat(leak.readIn().orElseThrow().code()).isEqualTo("SessionCheckTest.Learning.train");
        assertThat(leak.decidedIn().orElseThrow().code()).isEqualTo("SessionCheckTest.Learning.combine");
        ModelCheck.combiner(new Sharing(new double[1], false, false), CheckSettings.DEFAULT)
                .orThrow();
    }

    @Test
    void aCombinerThatBreaksOnWhatAnEarlierSessionLeftIsReportedAndDoesNotBreakTheCheck() {
        CheckReport report = ModelCheck.combiner(new Sharing(new double[1], true, true), CheckSettings.DEFAULT);
        assertThat(report.passed()).isFalse();
        assertThat(report.leaks()).singleElement().satisfies(leak -> {
            assertThat(leak.cause()).isEqualTo(Leak.Cause.STATE);
            assertThat(leak.decidedIn().orElseThrow().code()).isEqualTo("SessionCheckTest.Learning.combine");
        });
    }

    @Test
    void whatGrowsFromSessionToSessionIsStateWithoutACell() {
        double[] calls = {0};
        UnaryOperator<MarketState> count = state -> {
            calls[0]++;
            return state;
        };
        RegimeDetector counting = new RegimeDetector() {
            @Override
            public String name() {
                return "counting";
            }

            @Override
            public RegimeDetector.Session open(double barsPerDay) {
                return state -> label(count.apply(state).timeNanos() > 0 ? (int) (calls[0] % 7 / 4) : 0);
            }
        };
        CheckReport report = ModelCheck.regimes(counting, CheckSettings.DEFAULT.withCalendar());
        assertThat(report.line("REPEAT").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(report.line("SHIFT").outcome()).isEqualTo(Outcome.NOT_RUN);
        Leak leak = report.leaks().get(0);
        assertThat(leak.cause()).isEqualTo(Leak.Cause.STATE);
        assertThat(leak.cell()).isEmpty();
        assertThat(leak.sentence()).contains("was another in a second run");
    }

    @Test
    void whatReadsTheClockIsNamedAsKnownBesideTheData() {
        RegimeDetector clock = new RegimeDetector() {
            @Override
            public String name() {
                return "clock";
            }

            @Override
            public RegimeDetector.Session open(double barsPerDay) {
                return state -> label((int) (state.timeNanos() / DAY % 2));
            }
        };
        CheckReport report = ModelCheck.regimes(clock, CheckSettings.DEFAULT);
        assertThat(report.line("SHIFT").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(report.leaks().get(0).cause()).isEqualTo(Leak.Cause.OUTSIDE);
    }
}
