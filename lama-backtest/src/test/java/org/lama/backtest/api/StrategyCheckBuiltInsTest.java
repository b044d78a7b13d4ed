package org.lama.backtest.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lama.backtest.honesty.CheckReport;
import org.lama.backtest.honesty.CheckReport.Outcome;
import org.lama.backtest.honesty.CheckSettings;
import org.lama.backtest.honesty.ModelCheck;
import org.lama.backtest.strategies.Strategies;
import org.lama.core.data.MarketData;
import org.lama.core.market.Columns;
import org.lama.core.market.Instrument;
import org.lama.core.series.Frame;
import org.lama.core.signal.Combiner;
import org.lama.core.signal.Providers;
import org.lama.core.signal.RegimeDetector;
import org.lama.core.signal.SignalModel;

/** No alarm on what is honest: all built-in strategies, models, combiners and regime detectors. */
class StrategyCheckBuiltInsTest {
    private static final int BARS = 420;

    @TempDir
    private Path folder;

    private static Dataset market(int symbols, int days) throws IOException {
        return Lama.load(DataRequest.synthetic(symbols, days));
    }

    private static void noAlarm(CheckReport report) {
        assertThat(report.leaks()).as(report.explain()).isEmpty();
        assertThat(report.lines()).as(report.explain()).noneMatch(line -> line.outcome() == Outcome.FAILED);
        assertThat(report.isDecided()).as(report.explain()).isTrue();
        assertThat(report.passed()).isTrue();
    }

    private static BacktestRequest request(String strategy) {
        BacktestRequest request = BacktestRequest.of(strategy);
        DataRequest usual = request.data();
        Instrument.Kind kind = strategy.equals("pairs") ? Instrument.Kind.PERP : Instrument.Kind.SPOT;
        return request.withData(usual.withInstrument(usual.venue(), kind));
    }

    private static CheckReport check(String strategy, int symbols, int days, CheckSettings settings)
            throws IOException {
        Dataset data = strategy.equals("funding-carry") ? withPerpetual(days) : market(symbols, days);
        return Lama.check(request(strategy), data, settings);
    }

    /** A coin and its perpetual, which pays for it in turns. */
    private static Dataset withPerpetual(int days) throws IOException {
        Frame spot = market(1, days).data().frames().get(0);
        double[] rates = new double[spot.size()];
        double[] dearer = spot.column(Columns.CLOSE).toArray();
        for (int i = 0; i < rates.length; i++) {
            rates[i] = i / 60 % 2 == 0 ? 0.004 : -0.001;
            dearer[i] *= 1.001;
        }
        Frame perpetual = spot.withSymbol(spot.symbol() + "PERP")
                .with(Columns.CLOSE, dearer)
                .with("funding.rate", rates);
        return new Dataset(new MarketData(List.of(spot, perpetual), List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "buy-and-hold",
                "sma-cross",
                "donchian",
                "rsi-reversion",
                "momentum-rotation",
                "pairs",
                "funding-carry"
            })
    void aBuiltInStrategyRaisesNoAlarm(String name) throws IOException {
        noAlarm(check(name, 3, BARS, CheckSettings.DEFAULT));
    }

    @Test
    void noBuiltInStrategyIsLeftOut() {
        assertThat(Strategies.names())
                .containsExactlyInAnyOrder(
                        "buy-and-hold",
                        "sma-cross",
                        "donchian",
                        "rsi-reversion",
                        "momentum-rotation",
                        "pairs",
                        "funding-carry");
    }

    @Test
    void noModelCombinerOrRegimeDetectorRaisesAnAlarm() throws IOException {
        Dataset data = market(1, 320);
        List<SignalModel> models = Providers.models();
        assertThat(models).hasSizeGreaterThanOrEqualTo(3);
        for (SignalModel model : models) {
            noAlarm(Lama.check(model, data, 200, CheckSettings.DEFAULT));
        }
        assertThat(Providers.combiners()).hasSizeGreaterThanOrEqualTo(4);
        for (Combiner combiner : Providers.combiners()) {
            noAlarm(ModelCheck.combiner(combiner, CheckSettings.DEFAULT));
        }
        assertThat(Providers.regimes()).isNotEmpty();
        for (RegimeDetector detector : Providers.regimes()) {
            noAlarm(ModelCheck.regimes(detector, CheckSettings.DEFAULT));
        }
    }

    @Test
    @Tag("slow")
    void fiveYearsOfTenSymbolsRaiseNoAlarmEither() throws IOException {
        for (String name : Strategies.names()) {
            for (long seed = 1; seed <= 3; seed++) {
                noAlarm(check(name, 10, 1826, CheckSettings.DEFAULT.withCuts(60).withSeed(seed)));
            }
        }
    }

    @Test
    @Tag("slow")
    void theWholeStudyRaisesNoAlarm() throws IOException {
        Path config = java.nio.file.Files.writeString(
                folder.resolve("study.yaml"), "study:\n  trainDays: 120\n  stepDays: 60\n");
        StudyRequest request = StudyConfig.apply(
                new StudyRequest(
                        DataRequest.synthetic(2, 240), StudyRequest.defaults().study()),
                org.lama.core.store.Documents.read(config));
        noAlarm(Lama.check(request, Lama.load(request.data()), CheckSettings.DEFAULT));
    }

    @Test
    void theFilesHoldVerdictChecksAndChecksums() throws IOException {
        Dataset data = market(2, 200);
        CheckReport report = Lama.check(BacktestRequest.of("buy-and-hold"), data, CheckSettings.DEFAULT);
        StrategyCheckFiles files = new StrategyCheckFiles(report, java.util.Optional.of(data), CheckSettings.DEFAULT);
        files.write(OutputFolder.prepare(folder.resolve("out"), "check", true));
        assertThat(folder.resolve("out/report.html")).content().contains("NOTHING FOUND", "POISON_NAN", "SYNTHETIC");
        assertThat(files.document().get("passed").asBoolean()).isTrue();
        assertThat(files.document().get("provenance").asText()).isEqualTo("SYNTHETIC");
        assertThat(files.document().get("checks").items())
                .hasSize(report.lines().size());
        assertThat(files.document().get("checksums").get("data").asText()).hasSize(64);
    }
}
