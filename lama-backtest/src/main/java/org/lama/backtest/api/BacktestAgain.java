package org.lama.backtest.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lama.backtest.report.BacktestRecord;
import org.lama.backtest.strategies.Blueprint;
import org.lama.core.data.DataException;
import org.lama.core.data.MarketData;
import org.lama.core.store.Node;

/**
 * A backtest that can be run again: its data and its code are those of its manifest.
 *
 * @param request what was asked, with paths that hold now
 * @param blueprint of the strategy
 * @param data the same bars
 */
record BacktestAgain(BacktestRequest request, Blueprint blueprint, MarketData data) {
    /** Checks data and code before any work. */
    static BacktestAgain of(Path manifest, Node old, Optional<Path> moved) throws IOException {
        BacktestRequest asked = Backtest.request(manifest, old);
        BacktestRequest request =
                moved.map(path -> asked.withData(asked.data().withPath(path))).orElse(asked);
        requireThere(manifest, request.data());
        Blueprint blueprint = request.blueprint();
        Node checksums = old.get("checksums");
        String code = StrategyMembers.of(request, blueprint).codeSha256();
        if (!code.equals(checksums.get("strategy").asText())) {
            throw new IOException(manifest + ": the code of strategy " + request.title()
                    + " is not the one it was run with (SHA-256 " + code + " instead of "
                    + checksums.get("strategy").asText() + "); restore it, or run a new backtest");
        }
        MarketData data = SealGate.open(
                        request.data(),
                        Loading.load(request.data(), request.settings().seed()))
                .data();
        requireSameFiles(
                manifest,
                old,
                data,
                request.terms().files(),
                checksums.get("data").asText());
        return new BacktestAgain(request, blueprint, data);
    }

    /** Runs it for a comparison, under another name. */
    BacktestRecord record(String name) throws IOException {
        return new BacktestRun(request, blueprint, data).record(name);
    }

    static void requireThere(Path manifest, DataRequest data) throws IOException {
        Optional<Path> path = data.path();
        if (path.isPresent() && Files.notExists(path.get())) {
            throw DataException.ofRequest(
                    manifest.toString(),
                    "",
                    "its data are not at " + path.get() + " (paths in a manifest are relative to its folder)",
                    "say with --data where they lie now");
        }
    }

    /** The checksums are compared before the long work starts. */
    static void requireSameFiles(Path manifest, Node old, MarketData data, MarketFiles files, String expected)
            throws IOException {
        List<String> before = new ArrayList<>();
        for (Node series : old.get("data").items()) {
            String symbol = series.get("symbol").asText();
            before.add(symbol);
            if (!data.symbols().contains(symbol)) {
                throw other(
                        manifest,
                        "have no series " + symbol + " but " + data.symbols()
                                + " (without a symbol column the name of the file is the symbol)");
            }
            String sha256 = data.frame(symbol).provenance().sha256();
            if (!series.get("sha256").asText().equals(sha256)) {
                throw other(
                        manifest,
                        "of " + symbol + " have SHA-256 " + sha256 + ", but the manifest was made from "
                                + series.get("sha256").asText());
            }
        }
        if (!before.equals(data.symbols())) {
            throw other(manifest, "have the series " + data.symbols() + ", but the manifest was made from " + before);
        }
        String checksum = files.checksum(DataBits.of(data.frames()));
        if (!expected.equals(checksum)) {
            throw new IOException(manifest + ": the cleaned bars have checksum " + checksum
                    + ", but the manifest was made from " + expected + " by LAMA "
                    + old.get("versions").get("lama").asText() + "; use that version "
                    + (files.isEmpty() ? "" : "and the same files of funding, conversions and events")
                    + ", or run it anew");
        }
    }

    private static IOException other(Path manifest, String how) {
        return new IOException(manifest + ": the data " + how + "; give the original data with --data, or run it anew");
    }
}
