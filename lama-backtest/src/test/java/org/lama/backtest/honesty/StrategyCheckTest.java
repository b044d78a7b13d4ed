package org.lama.backtest.honesty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.lama.backtest.engine.BarEngine;
import org.lama.backtest.engine.DishonestEngine;
import org.lama.backtest.engine.EngineSettings;
import org.lama.backtest.engine.Markets;
import org.lama.backtest.engine.Momentum;
import org.lama.backtest.honesty.CheckReport.Outcome;
import org.lama.backtest.order.OrderRequest;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.data.MarketData;
import org.lama.core.market.Side;
import org.lama.core.series.Frame;
import org.lama.core.series.QualityReport;
import org.lama.core.series.TimeIndex;

/** Six planted cheats and a few more: each is caught, located, and gone when the cheat is taken out. */
class StrategyCheckTest {
    private static final MarketData DATA = Markets.random(3, 5, 240);
    private static final StrategyCheck.Setting SETTING =
            new StrategyCheck.Setting(BarEngine::run, DATA, EngineSettings.DEFAULT);

    private static CheckReport check(StrategyHonesty.Factory factory) {
        return StrategyCheck.run("planted", SETTING, factory, CheckSettings.DEFAULT);
    }

    private static Leak only(CheckReport report) {
        assertThat(report.passed()).isFalse();
        assertThat(report.leaks()).as(report.explain()).hasSize(1);
        return report.leaks().get(0);
    }

    private static Leak.Cell cell(Leak leak) {
        assertThat(leak.cause()).as(leak.sentence()).isEqualTo(Leak.Cause.VALUE);
        return leak.cell().orElseThrow();
    }

    /** The line that is marked in the source, as a stack names it. */
    private static String marked(String method, String mark) {
        Path source = Path.of("src/test/java/org/lama/backtest/honesty/PlantedCheats.java");
        try {
            List<String> lines = Files.readAllLines(source);
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).endsWith("// READ " + mark)) {
                    return "PlantedCheats." + method + " (PlantedCheats.java:" + (i + 1) + ")";
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        throw new AssertionError("no mark " + mark);
    }

    private static void honest(CheckReport report) {
        assertThat(report.passed()).as(report.explain()).isTrue();
        assertThat(report.leaks()).isEmpty();
        assertThat(report.compared()).isGreaterThan(100);
    }

    @Test
    void aFillOnTheBarOfItsDecisionIsLocatedToThatBarsClose() {
        CheckReport report = StrategyCheck.run(
                "same bar",
                new StrategyCheck.Setting(DishonestEngine::run, DATA, EngineSettings.DEFAULT),
                d -> new Momentum(10, false),
                CheckSettings.DEFAULT);
        Leak leak = only(report);
        assertThat(leak.what()).isEqualTo("fill");
        Leak.Cell cell = cell(leak);
        assertThat(cell.barsAhead()).isZero();
        assertThat(cell.to()).isEqualTo(leak.decision());
        assertThat(cell.column()).isEqualTo("close");
        assertThat(leak.sentence()).contains("the same bar, before its close");
        honest(StrategyCheck.run("next bar", SETTING, d -> new Momentum(10, false), CheckSettings.DEFAULT));
    }

    @Test
    void aCentredWindowIsLocatedToTheNextBarAndTheLineThatReadIt() {
        Leak leak = only(check(data -> PlantedCheats.centredWindow(data, true)));
        Leak.Cell cell = cell(leak);
        assertThat(cell.column()).isEqualTo("close");
        assertThat(cell.symbol()).isEqualTo(leak.subject());
        assertThat(cell.barsAhead()).isBetween(1L, 5L);
        assertThat(cell.to()).isAfter(leak.decision());
        assertThat(leak.readIn().orElseThrow().code()).isEqualTo(marked("centredWindow", "centred"));
        assertThat(leak.readIn().orElseThrow().through()).isEqualTo("Frame.column");
        assertThat(leak.decidedIn().orElseThrow().code()).contains("PlantedCheats.holding (PlantedCheats.java:");
        honest(check(data -> PlantedCheats.centredWindow(data, false)));
    }

    @Test
    void aFullSampleScalerIsLocatedInTheMethodThatReads() {
        Leak leak = only(check(data -> PlantedCheats.fullSampleScaler(data, true)));
        Leak.Cell cell = cell(leak);
        assertThat(cell.column()).isEqualTo("close");
        assertThat(cell.symbol()).isEqualTo(leak.subject());
        assertThat(cell.barsAhead()).isPositive();
        assertThat(leak.readIn().orElseThrow().code()).isEqualTo(marked("closesOf", "scaler"));
        honest(check(data -> PlantedCheats.fullSampleScaler(data, false)));
    }

    @Test
    void aUniverseRankedByTheFutureIsLocatedAtTheEndOfTheData() {
        Leak leak = only(check(data -> PlantedCheats.futureUniverse(data, true)));
        Leak.Cell cell = cell(leak);
        assertThat(cell.column()).isEqualTo("close");
        Frame seen = DATA.frame(cell.symbol());
        assertThat(TimeIndex.nanos(cell.to())).isEqualTo(seen.index().at(seen.size() - 1));
        assertThat(leak.readIn().orElseThrow().code()).isEqualTo(marked("futureUniverse", "universe"));
        honest(StrategyCheck.run(
                "early universe",
                SETTING,
                data -> PlantedCheats.futureUniverse(data, false),
                CheckSettings.DEFAULT.from(60)));
    }

    @Test
    void aLabelThatReachesOverTheFoldBorderIsLocatedAtTheBorder() {
        Leak leak = only(check(data -> PlantedCheats.labelOverlap(data, true)));
        Leak.Cell cell = cell(leak);
        assertThat(cell.column()).isEqualTo("close");
        assertThat(cell.symbol()).isEqualTo(leak.subject());
        assertThat(cell.barsAhead()).isEqualTo(1);
        int row = DATA.frame(leak.subject()).index().indexOf(TimeIndex.nanos(leak.decision()));
        assertThat(row % PlantedCheats.REFIT_EVERY).isZero();
        assertThat(leak.readIn().orElseThrow().code()).isEqualTo(marked("labelOverlap", "label"));
        honest(check(data -> PlantedCheats.labelOverlap(data, false)));
    }

    @Test
    void aValueOfThePastThatWasWrittenLaterIsLocated() {
        StrategyCheck.Setting late =
                new StrategyCheck.Setting(BarEngine::run, PlantedCheats.withLateColumn(DATA), EngineSettings.DEFAULT);
        CheckReport report =
                StrategyCheck.run("late", late, data -> PlantedCheats.backFilled(true), CheckSettings.DEFAULT);
        Leak leak = only(report);
        assertThat(leak.check()).isEqualTo("BACK_FILLED");
        Leak.Cell cell = cell(leak);
        assertThat(cell.column()).isEqualTo(PlantedCheats.LATE);
        assertThat(cell.symbol()).isEqualTo(leak.subject());
        assertThat(cell.restated()).isTrue();
        assertThat(cell.to()).isBeforeOrEqualTo(leak.decision());
        assertThat(leak.sentence()).contains("known only from " + cell.knownAt());
        assertThat(leak.readIn().orElseThrow().code()).isEqualTo(marked("backFilled", "late"));
        honest(StrategyCheck.run("late", late, data -> PlantedCheats.backFilled(false), CheckSettings.DEFAULT));
        // without the companion column nothing can be known of it, and the report says so
        CheckReport plain = check(data -> PlantedCheats.centredWindow(data, false));
        assertThat(plain.line("BACK_FILLED").outcome()).isEqualTo(Outcome.NOT_RUN);
    }

    @Test
    void disarmedTheChecksFindNothing() {
        StrategyHonesty.Runner blind =
                (data, strategy, settings, observer) -> BarEngine.run(DATA, strategy, settings, observer);
        CheckReport report = StrategyCheck.run(
                "blind",
                new StrategyCheck.Setting(blind, DATA, EngineSettings.DEFAULT),
                data -> PlantedCheats.centredWindow(DATA, true),
                CheckSettings.DEFAULT.withCalendar());
        assertThat(report.passed()).isTrue();
    }

    @Test
    void whatKnowsTheLengthOfTheDataIsSaidToDoSo() {
        Leak leak = only(check(PlantedCheats::knowsTheEnd));
        assertThat(leak.cause()).isEqualTo(Leak.Cause.LENGTH);
        assertThat(leak.sentence()).contains("used how far the data reach");
    }

    @Test
    void dataSmuggledPastTheFactoryAreNamedAsSuchWithTheLineThatDecides() {
        Leak leak = only(check(spoilt -> PlantedCheats.smuggled(DATA)));
        assertThat(leak.cause()).isEqualTo(Leak.Cause.OUTSIDE);
        assertThat(leak.decidedIn().orElseThrow().code()).contains("PlantedCheats.smuggled");
    }

    @Test
    void whoLooksUpByTheNumberOfTheBarDecidesAlikeOnAllBarsAndEarnsOnTheTrueOnesAlone() {
        CheckReport byRow = check(spoilt -> PlantedCheats.centredWindow(DATA, true));
        Leak leak = only(byRow);
        assertThat(leak.check()).isEqualTo("REORDERED");
        assertThat(leak.cause()).isEqualTo(Leak.Cause.OUTSIDE);
        assertThat(leak.decidedIn().orElseThrow().code()).contains("PlantedCheats.holding");
        assertThat(byRow.line("REORDERED").words()).contains("it knows these very bars from elsewhere");
        assertThat(byRow.line("WARM_UP").outcome()).isEqualTo(Outcome.WARNING);
        honest(check(seen -> PlantedCheats.centredWindow(seen, false)));
    }

    @Test
    void ordersByTheNumberOfTheBarAreFoundByTheirFills() {
        double[] close = DATA.frames().get(0).column("close").toArray();
        CheckReport report = check(seen -> now -> {
            int row = now.past(0).size() - 1;
            boolean rises = row + 2 < close.length && close[row + 2] > close[row];
            if (now.isTradable(0) && rises != now.position(0) > 0) {
                double lots = rises ? 1 : now.position(0);
                now.submit(OrderRequest.market(0, rises ? Side.BUY : Side.SELL, lots));
            }
        });
        assertThat(report.line("REORDERED").outcome()).as(report.explain()).isEqualTo(Outcome.FAILED);
        assertThat(only(report).what()).isEqualTo("fill");
    }

    @Test
    void whoCountsBarsWithoutKnowingThemIsWarnedOfAndPasses() {
        StrategyHonesty.Factory counts =
                seen -> now -> now.target(0, now.past(0).size() / 10 % 2 == 0 ? 0.9 : 0);
        CheckReport report = check(counts);
        assertThat(report.line("REORDERED").outcome()).as(report.explain()).isEqualTo(Outcome.WARNING);
        assertThat(report.line("REORDERED").words()).contains("by their number, or by something beside them");
        assertThat(report.passed()).as(report.explain()).isTrue();
        CheckReport once = check(seen -> now -> now.target(0, 0.9));
        assertThat(once.line("REORDERED").words()).isEqualTo("it buys once and keeps it, whatever the bars are");
        honest(once);
    }

    @Test
    void movesInAnotherOrderKeepBarsAndTheirMoves() {
        Frame bars = Markets.random(3, 1, 60).frames().get(0);
        double[] close = bars.column("close").toArray();
        double[] high = bars.column("close").toArray();
        Arrays.setAll(high, i -> 1.1 * high[i]);
        Frame turned = Reordered.turned(bars.with("high", high).with("funding.rate", close), 0.5);
        double[] other = turned.column("close").toArray();
        assertThat(other).hasSameSizeAs(close);
        assertThat(other[0]).isEqualTo(close[0]);
        assertThat(other[1] / other[0]).isCloseTo(close[30] / close[29], org.assertj.core.data.Offset.offset(1e-12));
        assertThat(other[59]).as("as far as before").isCloseTo(close[59], org.assertj.core.data.Offset.offset(1e-9));
        assertThat(turned.column("high").toArray()[7])
                .isCloseTo(1.1 * other[7], org.assertj.core.data.Offset.offset(1e-9));
        assertThat(turned.column("funding.rate").toArray()[1]).isEqualTo(close[30]);
        assertThat(Reordered.turned(bars.slice(0, 2), 0.5).column("close").toArray())
                .isEqualTo(bars.slice(0, 2).column("close").toArray());
    }

    @Test
    void whatRemembersAnEarlierRunIsCaughtByRepetition() {
        AtomicInteger runs = new AtomicInteger();
        CheckReport report = check(data -> {
            int number = runs.getAndIncrement();
            return context -> context.target(0, context.isTradable(0) && number == 0 ? 0.5 : 0);
        });
        Leak leak = only(report);
        assertThat(leak.cause()).isEqualTo(Leak.Cause.STATE);
        assertThat(report.line("REPEAT").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(leak.sentence()).contains("another in a second run");
    }

    @Test
    void aMissingBarThatBreaksARunIsAFailureWithItsWords() {
        CheckReport report = check(data -> context -> {
            if (context.bars(1) != context.bars(2) + (context.bars(1) - context.bars(2))) {
                throw new IllegalStateException("never");
            }
            for (int s = 0; s < 5; s++) {
                int bars = context.past(s).size();
                if (bars > 1) {
                    long step = context.past(s).index().at(bars - 1)
                            - context.past(s).index().at(bars - 2);
                    if (step != Markets.DAY) {
                        throw new IllegalStateException("a gap");
                    }
                }
            }
            context.target(0, context.close(0) > 100 ? 0.5 : 0.2);
        });
        assertThat(report.line("MISSING_BAR").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(report.line("MISSING_BAR").words()).contains("a gap");
        assertThat(report.line("DUPLICATED_BAR").outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void aSignalThatLivesOnTheNextBarIsWarnedOfByTheDelay() {
        CheckReport prophet = check(PlantedCheats::prophet);
        assertThat(prophet.line("DELAY").outcome()).isIn(Outcome.WARNING, Outcome.FAILED);
        assertThat(prophet.line("DELAY").words()).contains("95 %");
        CheckReport slow = check(data -> new Momentum(60, false));
        assertThat(slow.line("DELAY").outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void aWarmUpThatIsTooShortIsWarnedOf() {
        CheckReport report = check(data -> context -> {
            int bars = context.bars(0);
            context.target(0, bars % 7 < 3 ? 0.5 : 0);
        });
        assertThat(report.line("WARM_UP").outcome()).isEqualTo(Outcome.WARNING);
        assertThat(report.passed()).as(report.explain()).isTrue();
        assertThat(check(data -> new Momentum(1, false)).line("WARM_UP").outcome())
                .isIn(Outcome.PASSED, Outcome.WARNING);
    }

    @Test
    void aSparseLeakThroughTheRatioOfTwoLaterPricesIsFoundAndLocated() {
        CheckReport report = StrategyCheck.run(
                "sparse",
                new StrategyCheck.Setting(BarEngine::run, Markets.random(9, 1, 900), EngineSettings.DEFAULT),
                data -> PlantedCheats.sparse(data, true),
                CheckSettings.DEFAULT);
        assertThat(report.line("POISON_OWN").outcome()).as(report.explain()).isEqualTo(Outcome.FAILED);
        Leak leak = only(report);
        assertThat(cell(leak).barsAhead()).isEqualTo(1);
        assertThat(cell(leak).column()).isIn("open", "close");
        assertThat(leak.readIn().orElseThrow().code()).contains("PlantedCheats.sparse");
        honest(check(data -> PlantedCheats.sparse(data, false)));
    }

    @Test
    void whoPicksByTheReportOnQualityIsFoundAsItCountsLaterBars() {
        Frame dies = Markets.random(4, 1, 150).frames().get(0).withSymbol("DIES");
        Frame lives = Markets.random(5, 1, 400).frames().get(0).slice(60, 400).withSymbol("LIVES");
        MarketData data = new MarketData(
                List.of(dies, lives),
                List.of(counted(dies), counted(lives)),
                List.of(new MarketData.Planted("LIVES", 3, "a drift")));
        CheckReport report = StrategyCheck.run(
                "survivor",
                new StrategyCheck.Setting(BarEngine::run, data, EngineSettings.DEFAULT),
                seen -> {
                    assertThat(seen.planted()).isEmpty();
                    return PlantedCheats.survivor(seen);
                },
                CheckSettings.DEFAULT.from(65));
        assertThat(report.passed()).as(report.explain()).isFalse();
        assertThat(report.line("TRUNCATE").outcome()).isEqualTo(Outcome.FAILED);
    }

    private static QualityReport counted(Frame frame) {
        int rows = frame.size();
        return new QualityReport(frame.symbol(), "file", rows, rows, rows, 0, 0, frame.barNanos(), List.of());
    }

    @Test
    void whatKnowsPricesByHeartForgetsThemWhenTheyMoveByNextToNothing() {
        MarketData data = Markets.random(6, 1, 500);
        CheckReport report = StrategyCheck.run(
                "by heart",
                new StrategyCheck.Setting(BarEngine::run, data, EngineSettings.DEFAULT),
                seen -> PlantedCheats.byHeart(data, 0.05),
                CheckSettings.DEFAULT);
        Leak leak = only(report);
        assertThat(leak.check()).isEqualTo("FINGERPRINT");
        assertThat(leak.cause()).isEqualTo(Leak.Cause.OUTSIDE);
        assertThat(leak.decidedIn().orElseThrow().code()).contains("PlantedCheats.byHeart");
        assertThat(report.line("FINGERPRINT").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(report.line("FINGERPRINT").words()).contains("knows these very prices by heart");
        assertThat(report.line("DELAY").outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void aRuleAboutTheLevelOfPricesIsWarnedOfAndPasses() {
        // rises for a while, then falls: whoever sells at a price does well
        Frame hill = Markets.random(7, 1, 600).frames().get(0);
        double[] close = new double[hill.size()];
        for (int i = 0; i < close.length; i++) {
            double wave = Math.sin(i / 4.0);
            close[i] = 100 + 10 * wave * Math.abs(wave) + (i % 3) * 0.01;
        }
        MarketData data = Markets.of(
                hill.with("open", close).with("high", close).with("low", close).with("close", close));
        CheckReport report = StrategyCheck.run(
                "level",
                new StrategyCheck.Setting(BarEngine::run, data, EngineSettings.DEFAULT),
                seen -> now -> now.target(0, now.close(0) < 95 ? 0.9 : now.close(0) > 105 ? 0 : now.weight(0)),
                CheckSettings.DEFAULT);
        assertThat(report.line("FINGERPRINT").outcome()).as(report.explain()).isEqualTo(Outcome.WARNING);
        assertThat(report.line("FINGERPRINT").words()).contains("very level of prices");
        assertThat(report.passed()).as(report.explain()).isTrue();
    }

    @Test
    void riches64BitsCannotHoldAreAFindingAndNoFault() {
        Rng rng = Seeds.rng(8, 0);
        double[] walk = new double[900];
        double[] open = new double[walk.length];
        double last = 400;
        for (int i = 0; i < walk.length; i++) {
            open[i] = last;
            last *= StrictMath.exp(0.05 * rng.nextGaussian());
            walk[i] = last;
        }
        double[] much = new double[walk.length];
        Arrays.fill(much, 1e12);
        MarketData data = Markets.of(Markets.frame("A", open, walk).with("volume", much));
        EngineSettings rich = EngineSettings.DEFAULT;
        CheckReport report = StrategyCheck.run(
                "rich",
                new StrategyCheck.Setting(BarEngine::run, data, rich),
                seen -> PlantedCheats.byHeart(data, 0.9),
                CheckSettings.DEFAULT);
        assertThat(report.line("MONEY").outcome()).as(report.explain()).isEqualTo(Outcome.FAILED);
        assertThat(report.line("MONEY").words()).contains("outgrew 64 bits of money");
        assertThat(report.leaks()).isNotEmpty();
        // prices that rise so far are no fault of the strategy
        Frame rises = data.frames().get(0);
        double[] price = new double[rises.size()];
        for (int i = 0; i < price.length; i++) {
            price[i] = 400 * Math.exp(i / 60.0);
        }
        CheckReport held = StrategyCheck.run(
                "held",
                new StrategyCheck.Setting(
                        BarEngine::run,
                        Markets.of(rises.with("open", price)
                                .with("high", price)
                                .with("low", price)
                                .with("close", price)
                                .with("volume", much)),
                        rich),
                seen -> now -> now.target(0, 0.9),
                CheckSettings.DEFAULT);
        assertThat(held.line("MONEY").outcome()).as(held.explain()).isEqualTo(Outcome.WARNING);
        assertThat(held.passed()).as(held.explain()).isTrue();
    }

    @Test
    void anErrorOfArithmeticInTheStrategyIsItsOwn() {
        assertThatThrownBy(() -> check(data -> now -> now.target(0, Math.addExact(Integer.MAX_VALUE, now.bars(0) + 1))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("overflow");
    }

    @Test
    void nothingCanBeSaidOfWhatNeverDecides() {
        CheckReport report = check(data -> context -> {});
        assertThat(report.isDecided()).isFalse();
        assertThat(report.passed()).isFalse();
        assertThat(report.verdict()).contains("never decided anything");
        assertThatThrownBy(report::orThrow).isInstanceOf(IllegalStateException.class);
    }
}
