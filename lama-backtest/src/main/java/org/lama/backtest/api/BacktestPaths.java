package org.lama.backtest.api;

import java.nio.file.Path;
import org.lama.backtest.strategies.StrategyFinder;

/** Paths of data and code in results: relative to the folder of the manifest, so that a result names no machine. */
final class BacktestPaths {
    private BacktestPaths() {}

    static BacktestRequest relative(BacktestRequest request, Path folder) {
        return moved(
                request.withData(DataPaths.relative(request.data(), folder))
                        .withTerms(request.terms().moved(path -> DataPaths.relative(path, folder))),
                path -> DataPaths.relative(path, folder));
    }

    static BacktestRequest resolve(BacktestRequest request, Path manifest) {
        return moved(
                request.withData(DataPaths.resolve(request.data(), manifest))
                        .withTerms(request.terms().moved(path -> DataPaths.resolve(path, manifest))),
                path -> DataPaths.resolve(path, manifest));
    }

    private static BacktestRequest moved(BacktestRequest request, java.util.function.UnaryOperator<Path> move) {
        String name = StrategyFinder.isSource(request.strategy())
                ? move.apply(Path.of(request.strategy())).toString().replace('\\', '/')
                : request.strategy();
        return name.equals(request.strategy()) && request.jar().isEmpty()
                ? request
                : request.withStrategy(name, request.jar().map(move), request.parameters());
    }
}
