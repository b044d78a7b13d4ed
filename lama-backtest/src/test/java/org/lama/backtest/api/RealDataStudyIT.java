package org.lama.backtest.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lama.backtest.walkforward.StudyResult;
import org.lama.backtest.walkforward.StudySettings;
import org.lama.core.base.TimeSource;
import org.lama.core.market.Instrument;
import org.lama.core.signal.FitStatus;

/** Studies over real bars with their real flaws. */
class RealDataStudyIT {
    private static final String PANEL = "data/ohlcv_1d/yahoo_panel_2022";
    private static final String BITCOIN = "data/ohlcv_1h/binance_spot_BTCUSDT_1h_2017-08_2024-04.csv.gz";

    @TempDir
    private Path folder;

    /** The data are others': nothing is written beside them. */
    private Study study(StudyRequest request) throws IOException {
        return Lama.study(request, Lama.Options.defaults().withLedger(folder.resolve("ledger"), TimeSource.fixed(0)));
    }

    private static StudyRequest request(Path path, List<String> symbols, boolean volumeInQuote) {
        DataRequest data = new DataRequest(
                Optional.of(path),
                symbols,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "YAHOO",
                Instrument.Kind.SPOT,
                volumeInQuote,
                20,
                1461);
        return new StudyRequest(data, StudySettings.defaults());
    }

    private static double shareOkOrBudget(StudyResult result) {
        long good = result.folds().stream()
                .filter(fold -> fold.status() == FitStatus.Outcome.OK || fold.status() == FitStatus.Outcome.BUDGET)
                .count();
        return (double) good / result.folds().size();
    }

    @Test
    void aFewDailyCoinsWithNullsZerosAndJumpsEndWithAVerdict() throws IOException {
        Path panel = SharedFolder.require(PANEL);
        Study study = study(request(panel, List.of("BTCUSD", "ETHUSD", "AIBUSD", "QRKUSD", "PACUSD"), true));
        StudyResult result = study.result();
        assertThat(study.closingLines()).hasSize(3);
        assertThat(result.dropped()).extracting(StudyResult.Dropped::asset).contains("PACUSD");
        assertThat(result.assets())
                .extracting(StudyResult.AssetOutcome::symbol)
                .contains("BTCUSD", "ETHUSD", "AIBUSD", "QRKUSD");
        assertThat(shareOkOrBudget(result)).isGreaterThan(0.9);
        for (double equity : result.curve().equity()) {
            assertThat(equity).isFinite().isPositive();
        }
    }

    @Test
    @Tag("slow")
    void atLeastHundredOfTheDailyCoinsAreUsable() throws IOException {
        StudyResult result =
                study(request(SharedFolder.require(PANEL), List.of(), true)).result();
        long usable = result.assets().stream()
                .filter(asset -> asset.okFolds() > 0 && asset.nonZeroDays() >= 1)
                .map(asset -> asset.symbol().replaceFirst("#.*", ""))
                .distinct()
                .count();
        assertThat(usable).isGreaterThanOrEqualTo(100);
        assertThat(result.dropped())
                .allSatisfy(dropped -> assertThat(dropped.reason()).isNotBlank());
    }

    @Test
    @Tag("slow")
    void hourlyBitcoinWithItsGapsFitsInAtLeastNineOfTenFolds() throws IOException {
        StudyResult result =
                study(request(SharedFolder.require(BITCOIN), List.of(), false)).result();
        assertThat(result.folds()).hasSizeGreaterThanOrEqualTo(70);
        assertThat(shareOkOrBudget(result)).isGreaterThanOrEqualTo(0.9);
    }
}
