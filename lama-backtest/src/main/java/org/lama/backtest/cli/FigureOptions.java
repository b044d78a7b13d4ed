package org.lama.backtest.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.report.ModelReport;
import org.lama.core.series.Series;
import org.lama.core.signal.ModelSummary;
import picocli.CommandLine.Option;

/** Where the figures of a model go. */
final class FigureOptions {
    @Option(
            names = "--figures",
            paramLabel = "DIR",
            description = "Draw the model: model.html and an SVG per figure; with several files a folder each.")
    @Nullable
    Path folder;

    private final Set<Path> written = new HashSet<>();

    /** Writes the figures if they are wanted and says where the page lies. */
    Optional<Path> write(ModelSummary model, Optional<Series> observed, String file, boolean several)
            throws IOException {
        if (folder == null) {
            return Optional.empty();
        }
        Path target = several ? ownFolder(folder, file) : folder;
        return Optional.of(ModelReport.write(target, model, observed).get(0));
    }

    /** Files of equal names in different folders must not write over each other. */
    private Path ownFolder(Path parent, String file) {
        Path last =
                file.equals(TableOptions.STANDARD_INPUT) ? null : Path.of(file).getFileName();
        String stem =
                last == null ? "standard-input" : last.toString().replaceFirst("(?i)\\.(csv|tsv|txt)?(\\.gz)?$", "");
        Path target = parent.resolve(stem);
        for (int i = 2; !written.add(target); i++) {
            target = parent.resolve(stem + "-" + i);
        }
        return target;
    }
}
