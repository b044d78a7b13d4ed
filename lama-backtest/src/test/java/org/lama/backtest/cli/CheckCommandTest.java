package org.lama.backtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.BarTexts;
import org.lama.core.store.Node;

/** The check from the shell: what it says, what it writes, how it ends. */
class CheckCommandTest {
    private static final String CENTRED = """
            import java.util.HashMap;
            import java.util.Map;
            import org.lama.backtest.honesty.StrategyHonesty;
            import org.lama.backtest.strategies.Parameters;
            import org.lama.backtest.strategy.Strategy;
            import org.lama.core.data.MarketData;

            public final class Centred implements StrategyHonesty.Factory {
                private final int ahead;

                public Centred(Parameters p) {
                    ahead = p.integer("ahead", 1, 0, 100);
                }

                @Override
                public Strategy create(MarketData data) {
                    double[] close = data.frames().get(0).column("close").toArray();
                    return now -> {
                        int row = now.past(0).size() - 1;
                        boolean rises = row + ahead < close.length && close[row + ahead] > close[row];
                        if (now.isTradable(0)) now.target(0, rises ? 0.5 : 0.1);
                    };
                }
            }
            """;
    private static final String MODEL = """
            import java.util.List;
            import java.util.Map;
            import org.lama.core.series.Frame;
            import org.lama.core.signal.*;

            public final class Peek implements SignalModel {
                public String name() { return "peek"; }

                @Override
                public Frame indicators(Frame bars) {
                    double[] close = bars.column("close").toArray();
                    double[] next = new double[close.length];
                    for (int i = 0; i + 1 < next.length; i++) next[i] = close[i + 1] / close[i] - 1;
                    return bars.with("next", next);
                }

                @Override
                public Scorer fit(Frame train, FitContext context) {
                    return new Scorer() {
                        public Signal score(Frame past) {
                            long t = past.availableAt(past.size() - 1);
                            double v = past.column("next").last();
                            return v == v ? Signal.directional(Math.tanh(v), 1, v, t, t) : Signal.missing(Signal.Role.DIRECTIONAL, t, t);
                        }
                        public double[] trainingSignal() { return new double[train.size()]; }
                        public FitStatus status() { return FitStatus.ok(1, 0); }
                        public ModelSummary summary() {
                            return new ModelSummary("peek", status(), Map.of(), List.of(), List.of(), new double[0], List.of());
                        }
                    };
                }
            }
            """;

    private static final String REMEMBERS = """
            import java.util.*;
            import org.lama.core.signal.*;

            public final class Remembers implements Combiner {
                private static final Map<Long, double[]> SEEN = new HashMap<>();
                public String name() { return "remembers"; }
                public Session open(List<String> members, double barsPerDay) { return new Remembering(members); }

                static final class Remembering implements Session {
                    private final List<String> members;
                    private long now;
                    Remembering(List<String> members) { this.members = members; }
                    public void train(TrainingRows rows) {}
                    public void observe(long timeNanos, double[] memberReturns) {
                        now = timeNanos;
                        SEEN.put(timeNanos, memberReturns.clone());
                    }
                    public Composite combine(List<Signal> signals, RegimeLabel regime) {
                        double[] next = SEEN.getOrDefault(now + 86_400_000_000_000L, new double[members.size()]);
                        double v = next[0] == next[0] ? Math.signum(next[0]) : 0;
                        return new Composite(v, 1, 1, regime,
                            List.of(new Composite.Contribution(members.get(0), 1, v)), "remembers", List.of());
                    }
                }
            }
            """;
    private static final String PIPELINE = """
            import org.lama.backtest.honesty.LabelCheck;
            import org.lama.backtest.strategies.Parameters;
            import org.lama.core.series.Frame;

            public final class Slope implements LabelCheck.Pipeline {
                private final int purge;
                public Slope(Parameters p) { purge = p.integer("purge", 5, 0, 100); }

                public double[] predict(Frame bars, double[] labels, int border) {
                    double[] c = bars.column("close").toArray();
                    double[] x = new double[c.length];
                    for (int i = 1; i < x.length; i++) x[i] = c[i] / c[i - 1] - 1;
                    double xy = 0, xx = 1e-9;
                    for (int i = 1; i < border - purge; i++)
                        if (labels[i] == labels[i]) { xy += x[i] * labels[i]; xx += x[i] * x[i]; }
                    double[] out = new double[c.length];
                    for (int i = 0; i < out.length; i++) out[i] = xy / xx * x[i];
                    return out;
                }
            }
            """;

    @TempDir
    private Path folder;

    private Path bars() throws IOException {
        return BarTexts.write(folder.resolve("BTCUSDT.csv"), BarTexts.walk(5, 200));
    }

    private Shell.Outcome check(String... more) throws IOException {
        List<String> args = new ArrayList<>(List.of("check"));
        args.addAll(List.of(more));
        args.addAll(List.of("--data", bars().toString(), "--force"));
        if (!args.contains("--out")) {
            args.addAll(List.of("--out", folder.resolve("out").toString()));
        }
        Shell.Outcome outcome = Shell.run(args.toArray(String[]::new));
        assertThat(outcome.out() + outcome.err()).doesNotContain("\tat ");
        return outcome;
    }

    private String file(String name, String source) throws IOException {
        return Files.writeString(folder.resolve(name), source).toString();
    }

    @Test
    void anHonestStrategyEndsWithZeroAndAReport() throws IOException {
        Shell.Outcome outcome = check("sma-cross", "--param", "fast=3", "--param", "slow=10");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("No cheat was found in sma-cross").contains("This is no proof");
        assertThat(folder.resolve("out/report.html")).content().contains("NOTHING FOUND");
        assertThat(folder.resolve("out/report.html"))
                .content()
                .contains("What cannot be caught")
                .doesNotContain(">Next<");
        assertThat(folder.resolve("out/result.json")).exists();
        // the same flags as a backtest
        assertThat(check("--strategy", "sma-cross", "--param", "fast=3", "--param", "slow=10")
                        .code())
                .isZero();
    }

    @Test
    void aCheatEndsWithFourAndSaysWhereItReads() throws IOException {
        String source = file("Centred.java", CENTRED);
        Shell.Outcome outcome = check(source, "--json");
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(4);
        Node json = outcome.json();
        assertThat(json.get("passed").asBoolean()).isFalse();
        Node leak = json.get("leaks").at(0);
        assertThat(leak.get("column").asText()).isEqualTo("close");
        assertThat(leak.get("symbol").asText()).isEqualTo("BTCUSDT");
        assertThat(leak.get("barsAhead").asInt()).isEqualTo(1);
        assertThat(leak.get("to").asInstant())
                .isEqualTo(leak.get("decision").asInstant().plusSeconds(86_400));
        assertThat(leak.get("readIn").get("code").asText()).isEqualTo("Centred.create (Centred.java:17)");
        assertThat(leak.get("readIn").get("through").asText()).isEqualTo("Frame.column");
        assertThat(leak.get("decidedIn").get("code").asText()).isEqualTo("Centred.create (Centred.java:21)");
        assertThat(outcome.err()).contains("FAILED").contains("(1 bar ahead)");
        assertThat(folder.resolve("out/report.html"))
                .content()
                .contains("Where the future was seen")
                .doesNotContain(">Next<");
        // the same code without the cheat
        assertThat(check(source, "--param", "ahead=0").out()).contains("No cheat was found");
    }

    @Test
    void modelsCombinersAndRegimeDetectorsAreCheckedByName() throws IOException {
        Shell.Outcome model = check("model", file("Peek.java", MODEL), "--train", "100");
        assertThat(model.code()).as(model.err()).isEqualTo(4);
        assertThat(model.out()).contains("read in Peek.indicators (Peek.java:11) through Frame.column");
        assertThat(check("model", "liquidity", "--train", "100").code()).isZero();
        assertThat(check("combiner", "weighted").code()).isZero();
        assertThat(check("regimes", "four-regimes").code()).isZero();
    }

    @Test
    void whatASessionOfACombinerLeavesBehindIsFoundWithBarInputAndCall() throws IOException {
        Shell.Outcome outcome = check("combiner", file("Remembers.java", REMEMBERS), "--json");
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(4);
        Node leak = outcome.json().get("leaks").at(0);
        assertThat(leak.get("cause").asText()).isEqualTo("EARLIER_SESSION");
        assertThat(leak.get("column").asText()).isIn("return", "signal of momentum");
        assertThat(leak.get("barsAhead").asInt()).isEqualTo(1);
        assertThat(leak.get("readIn").get("code").asText()).isEqualTo("Remembers.Remembering.observe");
        assertThat(leak.get("decidedIn").get("code").asText()).isEqualTo("Remembers.Remembering.combine");
        assertThat(outcome.err()).contains("no data are read").doesNotContain("BTCUSDT");
        assertThat(outcome.json().get("checksums").has("data")).isFalse();
    }

    @Test
    void labelsThatAPipelineMayNotKnowAreFoundAtTheBorderOfEachFold() throws IOException {
        String source = file("Slope.java", PIPELINE);
        Shell.Outcome honest = check("labels", source, "--horizon", "5", "--train", "100", "--at", "2020-06-01");
        assertThat(honest.out()).contains("No cheat was found in Slope").contains("no label was used before");
        assertThat(honest.code()).as(honest.err()).isZero();
        Shell.Outcome cheat =
                check("labels", source, "--param", "purge=4", "--horizon", "5", "--train", "100", "--json");
        assertThat(cheat.code()).as(cheat.err()).isEqualTo(4);
        Node leak = cheat.json().get("leaks").at(0);
        assertThat(leak.get("check").asText()).isEqualTo("LABEL_OVERLAP");
        assertThat(leak.get("column").asText()).isEqualTo("label");
        assertThat(leak.get("restated").asBoolean()).isTrue();
        assertThat(leak.get("readIn").get("code").asText()).isEqualTo("Slope.predict");
        // known one bar after the bar at whose close the first prediction is made
        assertThat(leak.get("knownAt").asInstant())
                .isEqualTo(leak.get("decision").asInstant().plusSeconds(2 * 86_400));
    }

    @Test
    void labelsComeFromAFileToo() throws IOException {
        String source = file("Slope.java", PIPELINE);
        StringBuilder rows = new StringBuilder("time,symbol,label\n");
        for (int i = 0; i < 180; i++) {
            rows.append(java.time.LocalDate.of(2020, 1, 1).plusDays(i))
                    .append(",BTCUSDT,")
                    .append(Math.sin(i))
                    .append('\n');
        }
        Path given = Files.writeString(folder.resolve("labels.csv"), rows);
        String[] args = {"labels", source, "--labels", given.toString(), "--train", "120", "--horizon", "3"};
        assertThat(check(args).code()).isZero();
        refused("--horizon must say", "labels", source, "--labels", given.toString());
        refused("no class sma-cross implements LabelCheck.Pipeline", "labels", "sma-cross");
        refused("horizon must be >= 1, got 0", "labels", source, "--horizon", "0");
        refused("at least 20 of them from the border 190", "labels", source, "--train", "190");
        refused("none opens at 2031-01-01", "labels", source, "--train", "100", "--at", "2031-01-01");
        Files.writeString(given, "time,label\n1999-01-01,1\n");
        refused(
                "none of its 1 times",
                "labels",
                source,
                "--labels",
                given.toString(),
                "--horizon",
                "1",
                "--train",
                "50");
    }

    @Test
    void aSealOfANamedLedgerHoldsForACheckToo() throws IOException {
        String ledger = folder.resolve("ledger").toString();
        assertThat(Shell.run("seal", "--data", bars().toString(), "--last", "100d", "--ledger", ledger)
                        .code())
                .isZero();
        assertThat(check("sma-cross", "--param", "fast=3", "--param", "slow=10", "--ledger", ledger)
                        .out())
                .contains("Sealed: seal 1 in ")
                .contains("100 bars");
        assertThat(check("sma-cross", "--param", "fast=3", "--param", "slow=10").out())
                .contains("200 bars");
    }

    @Test
    void whatNeverDecidesAndWrongInputEndWithTwo() throws IOException {
        assertThat(check("sma-cross", "--param", "slow=5000").out()).contains("never decided anything");
        assertThat(check("sma-cross", "--param", "slow=5000").code()).isEqualTo(2);
        refused("no strategy is called 'sma-cros'", "sma-cros");
        refused("no model is called 'arma'", "model", "arma");
        refused("must be model, combiner, regimes or labels", "strategy", "sma-cross");
        refused("cuts must be >= 20, got 3", "sma-cross", "--cuts", "3");
        refused("--at must be times", "sma-cross", "--at", "soon");
        refused("name the strategy once", "sma-cross", "--strategy", "donchian");
        refused("name a strategy");
        refused("at least 21 rows after a window of 190", "model", "liquidity", "--train", "190");
        refused(
                "no such file or directory",
                "sma-cross",
                "--config",
                folder.resolve("none.yaml").toString());
    }

    private void refused(String message, String... args) throws IOException {
        Shell.Outcome outcome = check(args);
        assertThat(outcome.err()).contains(message);
        assertThat(outcome.code()).isEqualTo(2);
    }
}
