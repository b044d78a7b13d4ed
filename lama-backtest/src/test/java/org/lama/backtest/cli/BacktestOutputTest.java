package org.lama.backtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.BarTexts;
import org.lama.core.store.Node;

/** What a backtest says, and what it says was without effect. */
class BacktestOutputTest {
    private static final int BARS = 60;

    @TempDir
    private Path folder;

    /** What a run left in the process's own streams beside the outcome of the command. */
    private record Seen(Shell.Outcome outcome, String out, String err) {}

    private Seen backtest(String... more) throws IOException {
        Path bars = folder.resolve("BTCUSDT.csv");
        if (Files.notExists(bars)) {
            BarTexts.write(bars, BarTexts.walk(5, BARS));
        }
        List<String> args = new ArrayList<>(List.of(
                "backtest",
                "--data",
                bars.toString(),
                "--ledger",
                folder.resolve("ledger").toString(),
                "--out",
                folder.resolve("out").toString(),
                "--force"));
        args.addAll(List.of(more));
        PrintStream before = System.out;
        PrintStream errBefore = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream mine = new PrintStream(out, true, StandardCharsets.UTF_8);
        System.setOut(mine);
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            Shell.Outcome outcome = Shell.run(args.toArray(String[]::new));
            assertThat(System.out).isSameAs(mine);
            return new Seen(outcome, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
            System.setErr(errBefore);
        }
    }

    private String source(String name, String body) throws IOException {
        String text = "import org.lama.backtest.order.*;\nimport org.lama.core.market.Side;\n"
                + "import org.lama.backtest.strategy.*;\npublic final class " + name
                + " implements Strategy {\n    private int bars;\n    @Override\n    public void onBar(Context now) {\n"
                + "        bars++;\n        " + body + "\n    }\n}\n";
        return Files.writeString(folder.resolve(name + ".java"), text).toString();
    }

    @Test
    void whatAStrategyPrintsIsShownOfTheRunItselfAndNeverAmongTheDocument() throws IOException {
        String talker = source("Talker", "System.out.println(\"bar \" + bars); now.target(0, bars % 20 < 10 ? 1 : 0);");
        Seen json = backtest("--strategy", talker, "--json");
        assertThat(json.outcome().code()).as(json.outcome().err()).isZero();
        assertThat(json.outcome().json().get("trades").size()).isPositive();
        assertThat(json.out()).isEmpty();
        assertThat(json.err().lines()).hasSize(BARS).startsWith("bar 1").endsWith("bar " + BARS);
        Seen text = backtest("--strategy", talker);
        assertThat(text.out().lines()).hasSize(BARS);
        assertThat(text.err()).isEmpty();
        String result = folder.resolve("out/result.json").toString();
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            assertThat(Shell.run("rerun", result, "--json").json().get("same").asBoolean())
                    .isTrue();
        } finally {
            System.setOut(before);
        }
        assertThat(out.size()).isZero();
    }

    @Test
    void aQuickRunRunsOnceAndSaysWhatIsMissing() throws IOException {
        Path count = folder.resolve("count");
        String counter = source(
                "Counter",
                "if (bars == 1) { try { java.nio.file.Files.writeString(java.nio.file.Path.of(\""
                        + count.toString().replace("\\", "\\\\")
                        + "\"), \"x\", java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND); }"
                        + " catch (java.io.IOException e) { throw new java.io.UncheckedIOException(e); } }"
                        + " now.target(0, bars % 20 < 10 ? 1 : 0);");
        Seen quick = backtest("--strategy", counter, "--quick", "--json");
        assertThat(Files.readString(count)).isEqualTo("x");
        Node json = quick.outcome().json();
        assertThat(json.get("metrics").get("breakEvenCost").isNull()).isTrue();
        assertThat(json.get("reasons").get("breakEvenCost").asText())
                .isEqualTo("it needs further runs, which were not made");
        assertThat(quick.outcome().err()).contains("Break-even cost: n/a, it needs further runs");
        assertThat(Files.readString(folder.resolve("out/report.html")))
                .contains("The strategy was run once, as --quick asks");
        assertThat(Shell.run("rerun", folder.resolve("out/result.json").toString())
                        .code())
                .isZero();
        Files.delete(count);
        Node full = backtest("--strategy", counter, "--json").outcome().json();
        assertThat(Files.readString(count).length()).isBetween(4, 30);
        assertThat(full.get("endEquity")).isEqualTo(json.get("endEquity"));
        // one trial, however often it is run to judge it
        assertThat(full.get("trials").get("raw").asInt()).isEqualTo(1);
    }

    @Test
    void aSizingThatHadNoEffectIsTold() throws IOException {
        String own = source("Own", "now.targetQuantity(0, bars % 20 < 10 ? 5 : 0);");
        Seen run = backtest("--strategy", own, "--sizing", "all-in", "--json");
        assertThat(run.outcome()
                        .json()
                        .get("events")
                        .get("sizing all-in had no effect: the strategy gave quantities itself")
                        .asInt())
                .isEqualTo(BARS);
        assertThat(Files.readString(folder.resolve("out/report.html")))
                .contains("Sizing all-in had no effect: the strategy gave quantities itself.");
        String both = source(
                "Both", "now.target(0, 1); if (bars == 5) { now.submit(OrderRequest.limit(0, Side.SELL, 1, 1e6)); }");
        assertThat(backtest("--strategy", both, "--sizing", "equal-weight")
                        .outcome()
                        .out())
                .contains("  sizing equal-weight had no effect where the strategy gave quantities itself: 1 time");
        assertThat(backtest("--strategy", both).outcome().out()).doesNotContain("had no effect");
        assertThat(backtest("--strategy", "sma-cross", "--sizing", "all-in")
                        .outcome()
                        .out())
                .doesNotContain("had no effect");
    }

    @Test
    void leverageAndMarginOnSpotAreRefused() throws IOException {
        Shell.Outcome leverage =
                backtest("--strategy", "buy-and-hold", "--leverage", "3").outcome();
        assertThat(leverage.code()).isEqualTo(2);
        assertThat(leverage.err())
                .isEqualTo("lama: --leverage must be 1 on spot, which is paid in full, got 3; leave it out, or trade"
                        + " perpetuals: --kind perp, or a symbol that ends in PERP" + System.lineSeparator());
        Shell.Outcome margin =
                backtest("--strategy", "buy-and-hold", "--margin", "cross").outcome();
        assertThat(margin.code()).isEqualTo(2);
        assertThat(margin.err()).contains("lama: --margin must be isolated on spot");
        assertThat(folder.resolve("out")).doesNotExist();
        Shell.Outcome perpetual = backtest(
                        "--strategy", "buy-and-hold", "--leverage", "3", "--margin", "cross", "--kind", "perp")
                .outcome();
        assertThat(perpetual.code()).as(perpetual.err()).isZero();
    }

    @Test
    void aRunOfLessThanThirtyDaysHasNoFiguresOfAYear() throws IOException {
        BarTexts.write(folder.resolve("BTCUSDT.csv"), BarTexts.walk(5, 29));
        Seen run = backtest("--strategy", "buy-and-hold", "--json");
        Node json = run.outcome().json();
        for (String name : List.of("sharpe", "sortino", "cagr", "calmar", "volatilityAnnual")) {
            assertThat(json.get("metrics").get(name).isNull()).as(name).isTrue();
            assertThat(json.get("benchmark").get(name).isNull()).as(name).isTrue();
            assertThat(json.get("reasons").get(name).asText()).contains("shorter than 30 days");
        }
        assertThat(json.get("metrics").get("totalReturn").isNull()).isFalse();
        assertThat(json.get("metrics").get("sharpePerPeriod").isNull()).isFalse();
        assertThat(run.outcome().err())
                .contains("CAGR n/a", "No figures of a year: the run is shorter than 30 days", ", 1 fill; fees");
        assertThat(Files.readString(folder.resolve("out/report.html")))
                .contains("Figures of a year", "the run is shorter than 30 days");
        BarTexts.write(folder.resolve("BTCUSDT.csv"), BarTexts.walk(5, 30));
        Node long30 = backtest("--strategy", "buy-and-hold", "--json").outcome().json();
        assertThat(long30.get("metrics").get("cagr").isNull()).isFalse();
        assertThat(long30.get("reasons").has("cagr")).isFalse();
    }

    @Test
    void anInstrumentThatIsNotThereIsNamedWithThoseThatAre() throws IOException {
        for (String call : List.of("now.close(7)", "now.close(7, 0)", "now.past(7)", "now.position(7)", "now.bid(7)")) {
            Shell.Outcome outcome =
                    backtest("--strategy", source("Off", call + ";")).outcome();
            assertThat(outcome.code()).isEqualTo(2);
            assertThat(outcome.err())
                    .contains(
                            "failed in onBar of bar 1 at ",
                            "instrument 7 is not in the run, which has only 0: BTCUSDT; instrument(\"SYMBOL\")",
                            "(Off.java, line 9)");
        }
    }
}
