package org.lama.backtest.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lama.core.base.Check;
import org.lama.core.data.ColumnFiles;
import org.lama.core.series.Frame;
import picocli.CommandLine.Option;

/** How columns are read from a table. */
final class TableOptions {
    /** Stands for standard input among files. */
    static final String STANDARD_INPUT = "-";

    static final String FILES = "CSV with a header, plain or gzip; - reads standard input. An empty cell is missing.";

    @Option(
            names = "--time",
            paramLabel = "C",
            description = "Column of times: rows must be in their order. Default: rows follow each other.")
    @Nullable
    String time;

    /** Given columns. */
    Frame columns(String file, List<String> columns) throws IOException {
        Check.that(!columns.isEmpty(), "at least one column must be named");
        return read(file, ColumnFiles.Selection.of(columns));
    }

    /** Every column that holds numbers and does not merely count rows. */
    Frame numbers(String file) throws IOException {
        return read(file, ColumnFiles.Selection.numbers());
    }

    /** One column to look at, in front, and others beside; without a name it is the only one that holds numbers. */
    Frame series(String file, @Nullable String column, List<String> beside) throws IOException {
        if (column != null) {
            Set<String> names = new LinkedHashSet<>(List.of(column));
            names.addAll(beside);
            Check.that(
                    names.size() == 1 + beside.size(),
                    "every column must be named once, got " + column + " and " + beside);
            return columns(file, List.copyOf(names));
        }
        return only(numbers(file), beside);
    }

    /** The only column of some, but for others that stay beside it. */
    Frame only(Frame all, List<String> beside) {
        List<String> candidates = new ArrayList<>(all.columnNames());
        candidates.removeAll(beside);
        Check.that(
                candidates.size() == 1,
                all.symbol() + ": "
                        + (candidates.isEmpty() ? "no other column holds numbers" : "several columns hold numbers")
                        + "; name one with --column, there are " + all.columnNames());
        Frame chosen = Frame.of(all.symbol(), all.index(), all.barNanos(), all.provenance())
                .with(candidates.get(0), all.column(candidates.get(0)).toArray());
        for (String name : beside) {
            chosen = chosen.with(name, all.column(name).toArray());
        }
        return chosen;
    }

    private Frame read(String file, ColumnFiles.Selection columns) throws IOException {
        ColumnFiles.Selection selection = time == null ? columns : columns.withTime(time);
        if (file.equals(STANDARD_INPUT)) {
            InputStream in = System.in;
            return ColumnFiles.read(in, "standard input", selection);
        }
        return ColumnFiles.read(Path.of(file), selection);
    }

    /** Standard input can be read once. */
    static List<String> checked(List<String> files) {
        long pipes = files.stream().filter(STANDARD_INPUT::equals).count();
        Check.that(pipes <= 1, "standard input (-) can be read once, got it " + pipes + " times");
        return files;
    }
}
