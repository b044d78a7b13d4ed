package org.lama.backtest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.BarTexts;
import org.lama.backtest.honesty.CheckSettings;
import org.lama.backtest.honesty.LabelCheck;
import org.lama.backtest.sweep.SweepResult;
import org.lama.backtest.walkforward.StudySettings;
import org.lama.core.base.TimeSource;
import org.lama.core.search.DataMark;
import org.lama.core.search.Seal;
import org.lama.core.search.Trial;
import org.lama.core.search.TrialLedger;
import org.lama.core.signal.Providers;
import org.lama.core.signal.SignalModel;
import org.lama.core.store.Documents;

class LedgerUseTest {
    private static final TimeSource CLOCK = TimeSource.fixed(1_700_000_000_000_000_000L);

    /** Part of the JDK, so that nobody can write there, whoever runs the test. */
    private static final Path READ_ONLY = Path.of(URI.create("jrt:/java.base/java/lang"));

    @TempDir
    private Path folder;

    private static Trial trial(String settings, double sharpe) {
        return new Trial("1", settings, "data", 0, 100, Map.of(Trial.SHARPE_PER_PERIOD, sharpe));
    }

    private Path bars() throws IOException {
        return BarTexts.write(folder.resolve("BTCUSDT.csv"), BarTexts.walk(5, 200));
    }

    private int trialsBesideTheData() throws IOException {
        return TrialLedger.in(folder.resolve(".lama"), CLOCK)
                .contents()
                .trials()
                .size();
    }

    @Test
    void aDefaultFolderThatCannotBeWrittenCostsAWarningAndNoRun() throws IOException {
        LedgerUse use = LedgerUse.inDefault(READ_ONLY, CLOCK);
        assertThat(use.warning().orElseThrow())
                .contains("were not entered")
                .contains("/java.base/java/lang cannot be written");
        LedgerUse.Known known = use.count(List.of(trial("a", 0.1), trial("b", 0.3)), DataMark.of("data"), 0, 100, 50);
        assertThat(known.raw()).isEqualTo(2);
        assertThat(known.spread().variance()).isCloseTo(0.02, within(1e-15));
        assertThat(known.started()).as("no ledger began").isEmpty();
        use.enter(List.of(trial("a", 0.1)), DataMark.of("data"));
        assertThat(LedgerUse.warnings(Stream.of(
                        "x" + Seal.NOTE_SEPARATOR + Seal.NOT_ENTERED_NOTE + "why", Seal.NOT_ENTERED_NOTE + "why", "")))
                .isEqualTo(Seal.NOT_ENTERED_NOTE + "why.\n");
    }

    @Test
    void aNamedFolderThatCannotBeWrittenIsAnError() {
        assertThatThrownBy(() -> LedgerUse.named(READ_ONLY, CLOCK))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the trial ledger cannot be used");
    }

    @Test
    void aDamagedLedgerIsAnErrorWhereverItLies() throws IOException {
        Files.createDirectories(folder.resolve(".lama"));
        Files.writeString(folder.resolve(".lama/trials.jsonl"), "{}\nnothing\n");
        DataRequest data = DataRequest.of(bars());
        assertThatThrownBy(() -> LedgerUse.beside(data)).hasMessageContaining("the trial ledger cannot be used");
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> LedgerUse.inDefault(file, CLOCK)).hasMessageContaining("it is a file, not a folder");
    }

    @Test
    void programsCountBesideTheDataAsCommandsDoAndTheSameTrialOnce() throws IOException {
        BacktestRequest request = BacktestRequest.of(bars(), "sma-cross");
        assertThat(trials(request.with("fast", 3))).isEqualTo(1);
        assertThat(trials(request.with("fast", 4))).isEqualTo(2);
        assertThat(trials(request.with("fast", 3))).as("the same once more").isEqualTo(2);
        assertThat(trialsBesideTheData()).isEqualTo(2);
        // data loaded before remember where they came from, whatever the request says
        Dataset loaded = Lama.load(folder.resolve("BTCUSDT.csv"));
        Backtest other = Lama.backtest(BacktestRequest.of("sma-cross").with("fast", 5), loaded);
        assertThat(trials(other)).isEqualTo(3);
        assertThat(other.manifest().get("trials").get("ledgerStarted").asText()).isNotEmpty();
        assertThat(trialsBesideTheData()).isEqualTo(3);
        Backtest alone = Lama.backtest(request, loaded, Lama.Options.defaults().withoutLedger());
        assertThat(trials(alone)).isEqualTo(1);
        assertThat(alone.explain()).contains("no trial ledger is kept");
        assertThat(trialsBesideTheData()).isEqualTo(3);
    }

    private static int trials(BacktestRequest request) throws IOException {
        return trials(Lama.backtest(request));
    }

    private static int trials(Backtest backtest) {
        return backtest.manifest().get("trials").get("raw").asInt();
    }

    @Test
    void movingTheFirstDayDoesNotMakeATrialUntried() throws IOException {
        BacktestRequest request = BacktestRequest.of(bars(), "sma-cross");
        trials(request);
        trials(request.with("fast", 4));
        DataRequest all = request.data();
        BacktestRequest later = request.withData(from(all, 1)).with("fast", 5);
        Backtest moved = Lama.backtest(later);
        assertThat(trials(moved)).isEqualTo(3);
        assertThat(moved.manifest().get("trials").get("onThisWindow").asInt()).isEqualTo(1);
        assertThat(moved.explain())
                .contains("over 3 trials on these data (1 of them on this very window)")
                .contains("Trial ledger: started "
                        + moved.manifest().get("trials").get("ledgerStarted").asText());
        // the last 90 of 200 days lie inside all windows before, which were seen whole
        assertThat(trials(request.withData(from(all, 110)))).isEqualTo(4);
        // a copy under another name, with two decimals
        Path copy = BarTexts.write(folder.resolve("coin.csv"), rounded());
        assertThat(trials(BacktestRequest.of(copy, "sma-cross"))).isEqualTo(5);
        Path other = BarTexts.write(folder.resolve("ETHUSDT.csv"), BarTexts.walk(6, 200));
        assertThat(trials(BacktestRequest.of(other, "sma-cross"))).isEqualTo(1);
    }

    private static DataRequest from(DataRequest all, int day) {
        return all.withRange(
                Optional.of(java.time.Instant.parse("2020-01-01T00:00:00Z").plus(java.time.Duration.ofDays(day))),
                all.to());
    }

    /** The walk of the bars with two decimals. */
    private static List<String> rounded() {
        return BarTexts.each(BarTexts.walk(5, 200), row -> {
            String[] fields = row.split(",", -1);
            for (int i = 1; i <= 4; i++) {
                fields[i] = String.format(java.util.Locale.ROOT, "%.2f", Double.parseDouble(fields[i]));
            }
            return String.join(",", fields);
        });
    }

    private int rows(Path path) throws IOException {
        return Lama.load(path).data().frames().get(0).size();
    }

    @Test
    void aSealHoldsByEveryWayToTheData() throws IOException {
        System.setProperty("lama.ledgers", folder.resolve("home/ledgers").toString());
        try {
            Path data = bars();
            Seals.seal(DataRequest.of(data), java.time.Duration.ofDays(50), folder.resolve(".lama"), CLOCK);
            assertThat(rows(data)).isEqualTo(150);
            Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
            assertThat(rows(Files.createSymbolicLink(elsewhere.resolve("link.csv"), data)))
                    .as("a link")
                    .isEqualTo(150);
            assertThat(rows(Files.copy(data, elsewhere.resolve("BTCUSDT.csv"))))
                    .as("a copy")
                    .isEqualTo(150);
            assertThat(rows(BarTexts.write(elsewhere.resolve("coin.csv"), rounded())))
                    .as("a copy under another name with two decimals")
                    .isEqualTo(150);
            assertThat(rows(BarTexts.write(folder.resolve("coin.csv"), rounded())))
                    .as("the same beside the data")
                    .isEqualTo(150);
            assertThat(rows(BarTexts.write(elsewhere.resolve("OTHER.csv"), BarTexts.walk(8, 200))))
                    .as("another market")
                    .isEqualTo(200);
            System.setProperty("lama.ledgers", "none");
            assertThat(rows(elsewhere.resolve("coin.csv")))
                    .as("nobody remembers")
                    .isEqualTo(200);
        } finally {
            System.clearProperty("lama.ledgers");
        }
    }

    /** The walk of the bars on other days, in another unit of account. */
    private static List<String> moved(int days, boolean inverted) {
        return BarTexts.each(BarTexts.walk(5, 200), row -> {
            String[] fields = row.split(",", -1);
            fields[0] = Long.toString(Long.parseLong(fields[0]) + days * 86_400_000L);
            if (inverted) {
                String low = fields[3];
                fields[1] = Double.toString(1 / Double.parseDouble(fields[1]));
                fields[3] = Double.toString(1 / Double.parseDouble(fields[2]));
                fields[2] = Double.toString(1 / Double.parseDouble(low));
                fields[4] = Double.toString(1 / Double.parseDouble(fields[4]));
            }
            return String.join(",", fields);
        });
    }

    @Test
    void neitherOtherDaysNorInvertedPricesGetAroundSealAndCount() throws IOException {
        trials(BacktestRequest.of(bars(), "sma-cross"));
        Path shifted = BarTexts.write(folder.resolve("shifted.csv"), moved(1, false));
        assertThat(trials(BacktestRequest.of(shifted, "sma-cross"))).isEqualTo(2);
        Path inverted = BarTexts.write(folder.resolve("inverted.csv"), moved(0, true));
        assertThat(trials(BacktestRequest.of(inverted, "sma-cross"))).isEqualTo(3);
        Seals.seal(DataRequest.of(bars()), java.time.Duration.ofDays(50), folder.resolve(".lama"), CLOCK);
        assertThat(rows(shifted)).as("a day later").isEqualTo(150);
        assertThat(rows(inverted)).as("inverted").isEqualTo(150);
        for (int days : new int[] {-1, -30, -400, 700}) {
            Path other = BarTexts.write(folder.resolve("other.csv"), moved(days, true));
            assertThat(rows(other)).as("inverted, %d days moved", days).isEqualTo(150);
        }
        assertThat(Lama.load(folder.resolve("other.csv")).notices().get(0)).contains("its moves are found here from");
        assertThat(rows(BarTexts.write(folder.resolve("another.csv"), BarTexts.walk(8, 200))))
                .as("another market")
                .isEqualTo(200);
    }

    @Test
    void noVariableOfTheEnvironmentUnseals() throws IOException {
        String home = System.getProperty("user.home");
        System.setProperty("user.home", folder.resolve("home").toString());
        try {
            System.setProperty(
                    "lama.ledgers", folder.resolve("home/.config/lama/ledgers").toString());
            Path data = bars();
            Seals.seal(DataRequest.of(data), java.time.Duration.ofDays(50), folder.resolve(".lama"), CLOCK);
            Path copy = Files.copy(
                    data, Files.createDirectories(folder.resolve("elsewhere")).resolve("coin.csv"));
            for (String asked : List.of("none", folder.resolve("an-empty-one").toString())) {
                System.setProperty("lama.ledgers", asked);
                assertThat(rows(copy)).as(asked).isEqualTo(150);
            }
        } finally {
            System.setProperty("user.home", home);
            System.clearProperty("lama.ledgers");
        }
    }

    @Test
    void aSweepWithoutATradeSaysHowManyDaysAreMissingByThoseItSaw() throws IOException {
        Path data = BarTexts.write(folder.resolve("BTCUSDT.csv"), BarTexts.walk(5, 79));
        SweepOutcome sweep = Lama.sweep(
                SweepRequest.of(BacktestRequest.of(data, "sma-cross"), "fast=5..6,slow=80..90:10"),
                Lama.load(data),
                Lama.Options.defaults().withThreads(1),
                Optional.empty());
        assertThat(sweep.verdict().missingDays()).hasValue(78 * 30);
        assertThat(sweep.verdict().headline()).isEqualTo("NOT ENOUGH DATA (2,340 more days)");
        assertThat(sweep.explain())
                .contains("Break-even cost of the best: n/a: no trial has a value")
                .contains("Capital at which the best keeps nothing: n/a: no trial has a value");
    }

    @Test
    void aCopyOfTheDataOrAnotherLedgerStartsNoNewCount() throws IOException {
        System.setProperty("lama.ledgers", folder.resolve("home/ledgers").toString());
        try {
            Path data = bars();
            for (int fast = 2; fast < 8; fast++) {
                trials(BacktestRequest.of(data, "sma-cross").with("fast", fast));
            }
            Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
            BacktestRequest copy = BacktestRequest.of(Files.copy(data, elsewhere.resolve("BTCUSDT.csv")), "sma-cross");
            assertThat(trials(copy.with("fast", 9))).as("a copy").isEqualTo(7);
            assertThat(trials(copy.with("fast", 5))).as("the same trial").isEqualTo(7);
            BacktestRequest renamed =
                    BacktestRequest.of(BarTexts.write(elsewhere.resolve("coin.csv"), rounded()), "sma-cross");
            assertThat(trials(renamed.with("fast", 5)))
                    .as("the same bars with two decimals, under another name")
                    .isEqualTo(8);
            Lama.Options other =
                    Lama.Options.defaults().withLedger(folder.resolve("third"), TimeSource.fixed(CLOCK.nowNanos() + 1));
            BacktestRequest last = BacktestRequest.of(data, "sma-cross").with("fast", 5);
            assertThat(trials(Lama.backtest(last, Lama.load(data), other)))
                    .as("another ledger")
                    .isEqualTo(8);
            Files.delete(folder.resolve(".lama/trials.jsonl"));
            assertThat(trials(copy.with("fast", 9))).as("its ledger is gone").isEqualTo(8);
            Path market = BarTexts.write(elsewhere.resolve("OTHER.csv"), BarTexts.walk(8, 200));
            assertThat(trials(BacktestRequest.of(market, "sma-cross")))
                    .as("another market")
                    .isEqualTo(1);
        } finally {
            System.clearProperty("lama.ledgers");
        }
    }

    @Test
    void aMemoryThatCannotBeWrittenCostsAWarningAndNoRun() throws IOException {
        Path file = Files.writeString(folder.resolve("a-file"), "");
        System.setProperty("lama.ledgers", file.resolve("ledgers").toString());
        try {
            Path data = bars();
            Backtest run = Lama.backtest(BacktestRequest.of(data, "sma-cross"));
            assertThat(trials(run)).isEqualTo(1);
            assertThat(run.explain())
                    .contains(Seal.UNREMEMBERED_NOTE + "the folder " + file.resolve("ledgers"))
                    .contains("cannot be written");
            assertThat(Seals.seal(DataRequest.of(data), java.time.Duration.ofDays(50), folder.resolve(".lama"), CLOCK)
                            .warning()
                            .orElseThrow())
                    .contains("name another one with LAMA_LEDGERS");
            System.setProperty("lama.ledgers", "none");
            assertThat(Lama.backtest(BacktestRequest.of(data, "sma-cross").with("fast", 4))
                            .explain())
                    .as("nobody wants one")
                    .doesNotContain(Seal.UNREMEMBERED_NOTE);
        } finally {
            System.clearProperty("lama.ledgers");
        }
    }

    @Test
    void noProgramGetsPastTheGateWithBarsOfItsOwn() throws IOException {
        Path data = bars();
        Dataset raw = Dataset.of(Lama.load(data).data());
        Seals.seal(DataRequest.of(data), java.time.Duration.ofDays(50), folder.resolve(".lama"), CLOCK);
        BacktestRequest request = BacktestRequest.of(data, "sma-cross");
        for (Lama.Options options : List.of(
                Lama.Options.defaults(),
                Lama.Options.defaults().withoutLedger(),
                Lama.Options.defaults().withLedger(folder.resolve("other"), CLOCK))) {
            Backtest run = Lama.backtest(request, raw, options);
            assertThat(run.manifest().get("data").items().get(0).get("rows").asInt())
                    .isEqualTo(150);
            SweepOutcome sweep =
                    Lama.sweep(SweepRequest.of(request, "fast=2..3,slow=10"), raw, options, Optional.empty());
            assertThat(sweep.explain()).contains("keeps BTCUSDT closed");
        }
        assertThat(Lama.portfolio(List.of(request), raw).data().frames().get(0).size())
                .isEqualTo(150);
    }

    @Test
    void checksAndEstimatesGetTheOpenBarsOnly() throws IOException {
        Path data = bars();
        Dataset before = Lama.load(data);
        Seals.seal(DataRequest.of(data), java.time.Duration.ofDays(50), folder.resolve(".lama"), CLOCK);
        SignalModel model = Providers.models().get(0);
        assertThatThrownBy(() -> Lama.check(model, before, 130, CheckSettings.DEFAULT))
                .hasMessageContaining("after a window of 130, got 150 of BTCUSDT");
        List<Integer> seen = new ArrayList<>();
        LabelCheck.Pipeline constant = (bars, labels, border) -> {
            seen.add(bars.size());
            return new double[bars.size()];
        };
        Lama.check("constant", constant, before, new LabelRequest(Optional.empty(), 5, 100), CheckSettings.DEFAULT);
        assertThat(seen).isNotEmpty().allMatch(rows -> rows == 150);
        StudyRequest small = StudyConfig.apply(
                new StudyRequest(DataRequest.of(data), StudySettings.defaults()),
                Documents.parseYaml("study: {trainDays: 60, stepDays: 30, bootstrapSamples: 100}", "text"));
        assertThat(Lama.estimate(small, before, Lama.Options.defaults(), CLOCK).bars())
                .isEqualTo(150);
    }

    @Test
    void aPortfolioIsOneTrial() throws IOException {
        List<BacktestRequest> requests = List.of(
                BacktestRequest.of(bars(), "sma-cross"),
                BacktestRequest.of(bars(), "sma-cross").with("fast", 4));
        Dataset data = Lama.load(bars());
        Lama.portfolio(requests, data);
        Lama.portfolio(requests, data);
        assertThat(trialsBesideTheData()).isEqualTo(1);
        Lama.portfolio(requests, data, Lama.Options.defaults().withoutLedger());
        Lama.portfolio(List.of(requests.get(0)), data);
        assertThat(trialsBesideTheData()).as("another portfolio").isEqualTo(2);
        assertThat(trials(requests.get(0))).as("a backtest is no portfolio").isEqualTo(3);
    }

    @Test
    void aLedgerThatWasCutIsToldAndItsTrialsCount() throws IOException {
        BacktestRequest request = BacktestRequest.of(bars(), "sma-cross");
        for (int fast = 2; fast < 8; fast++) {
            trials(request.with("fast", fast));
        }
        Path ledger = folder.resolve(".lama/trials.jsonl");
        List<String> lines = Files.readAllLines(ledger);
        Files.writeString(ledger, String.join("\n", lines.subList(0, 4)) + "\n");
        Backtest after = Lama.backtest(request.with("fast", 9));
        assertThat(trials(after)).as("2 left, 4 lost, 1 new").isEqualTo(7);
        assertThat(after.explain()).contains("LEDGER CUT: the ledger was cut: 4 lines are missing, since");
        Path result = folder.resolve("result");
        after.write(OutputFolder.prepare(result, "backtest", false));
        assertThat(result.resolve("report.html")).content().contains("TRIAL LEDGER CUT", "4 lines are missing");
        assertThat(trials(request.with("fast", 9))).as("told for ever").isEqualTo(7);
    }

    @Test
    void aSmallSweepAfterALargeOneAddsWhatItAmountsTo() throws IOException {
        BacktestRequest request = BacktestRequest.of(bars(), "sma-cross");
        Lama.Options options = Lama.Options.defaults().withThreads(1);
        Dataset data = Lama.load(request.data());
        SweepOutcome large =
                Lama.sweep(SweepRequest.of(request, "fast=2..9,slow=20..59"), data, options, Optional.empty());
        SweepOutcome small =
                Lama.sweep(SweepRequest.of(request, "fast=2..5,slow=70..73"), data, options, Optional.empty());
        assertThat(small.trials().raw()).isEqualTo(336);
        assertThat(small.trials().effective())
                .isBetween(large.trials().effective(), large.trials().effective() + 16);
    }

    @Test
    void aSweepOfAProgramCountsTooAndItsBestIsTheTrialThatStandsThere() throws IOException {
        BacktestRequest request = BacktestRequest.of(bars(), "sma-cross");
        SweepRequest sweep = SweepRequest.of(request, "fast=2..4,slow=10..12");
        SweepResult result = Lama.sweep(
                        sweep,
                        Lama.load(request.data()),
                        Lama.Options.defaults().withThreads(1),
                        Optional.empty())
                .result();
        // one line before the first trial, and one that says that all are there
        assertThat(trialsBesideTheData()).isEqualTo((int) result.statistics().count() + 2);
        Backtest one = Lama.backtest(request.with("fast", 3).with("slow", 11));
        assertThat(trials(one)).isEqualTo((int) result.statistics().count());
    }

    @Test
    void theGateTakesASealOfANamedLedgerAndNotesWhatWasNotEntered() throws IOException {
        Path data = bars();
        Path ledger = folder.resolve("elsewhere");
        Seals.seal(DataRequest.of(data), java.time.Duration.ofDays(50), ledger, CLOCK);
        assertThat(Lama.load(data).data().frames().get(0).size()).isEqualTo(200);
        Lama.Options options = Lama.Options.defaults().withLedger(ledger, CLOCK);
        Dataset sealed = Lama.load(DataRequest.of(data), 1, options);
        assertThat(sealed.data().frames().get(0).size()).isEqualTo(150);
        assertThat(sealed.notices()).singleElement().asString().contains("elsewhere");
        LedgerUse refused = LedgerUse.inDefault(READ_ONLY, CLOCK);
        Dataset noted = SealGate.again(DataRequest.of(data), Lama.load(data), refused);
        assertThat(noted.data().frames().get(0).provenance().note()).contains(Seal.NOT_ENTERED_NOTE);
    }

    /** As if the bars lay where nobody can write; the ledger of the working directory is asked, and nothing written. */
    @Test
    void dataInAFolderThatCannotBeWrittenAreCountedInTheWorkingDirectoryAndThatIsSaid() throws IOException {
        boolean before = Files.exists(Path.of(".lama"));
        DataRequest locked = DataRequest.of(READ_ONLY.resolve("Object.class"));
        assertThat(LedgerHome.beside(locked)).isEqualTo(Path.of(".lama"));
        LedgerUse use = new LedgerUse(Optional.of(LedgerHome.beside(locked)), CLOCK, Optional.empty());
        Dataset noted = SealGate.again(locked, Dataset.of(Lama.load(bars()).data()), use);
        // another test may have counted in the working directory before
        assertThat(noted.notices())
                .filteredOn(notice -> notice.startsWith(Seal.ELSEWHERE_NOTE))
                .singleElement()
                .asString()
                .startsWith(Seal.ELSEWHERE_NOTE + "nothing can be written beside the data")
                .contains("the folder .lama of the working directory")
                .contains("--ledger");
        assertThat(LedgerUse.warnings(noted.notices().stream())).contains(Seal.ELSEWHERE_NOTE);
        DataRequest open = DataRequest.of(bars());
        LedgerUse beside = new LedgerUse(Optional.of(LedgerHome.beside(open)), CLOCK, Optional.empty());
        assertThat(SealGate.again(open, Lama.load(bars()), beside).notices()).isEmpty();
        assertThat(Files.exists(Path.of(".lama")))
                .as("reading begins no ledger")
                .isEqualTo(before);
    }

    @Test
    void sealsAreReadOnceHoweverManySeriesAskForThem() throws IOException {
        DataRequest data = DataRequest.of(bars());
        Seals.seal(data, java.time.Duration.ofDays(50), LedgerHome.beside(data), CLOCK);
        KnownSeals known = KnownSeals.of(data, List.of());
        Files.delete(folder.resolve(".lama").resolve(TrialLedger.FILE_NAME));
        List<String> others = IntStream.range(0, 500).mapToObj(i -> "C" + i).toList();
        assertThat(known.closing(others)).isEmpty();
        for (String symbol : List.of("BTCUSDT", "btc-usdt", "KRAKEN.SPOT.BTC-USDT")) {
            assertThat(known.closing(List.of("ETHUSDT", symbol))).isPresent();
        }
        Dataset cut = SealGate.open(data, Loading.load(data, 0), known);
        assertThat(cut.data().frames().get(0).size()).isEqualTo(150);
    }
}
