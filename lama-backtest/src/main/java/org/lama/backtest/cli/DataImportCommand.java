package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.api.Store;
import org.lama.backtest.api.StudyConfig;
import org.lama.core.base.Check;
import org.lama.core.base.Issue;
import org.lama.core.base.TimeSource;
import org.lama.core.data.ImportOptions;
import org.lama.core.data.ImportReport;
import org.lama.core.data.ImportStoppedException;
import org.lama.core.data.TimeFormat;
import org.lama.core.series.Provenance;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Files into a store. */
@Command(
        name = "import",
        description = {
            "Takes files of any kind into a store: bars, trades, books, funding, open interest, options, pools.",
            "What a file is, is told by its content; whose it is, by its name, its folder, --market or --names."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lama data import BTCUSDT.csv --store market; lama study --store market",
            "  lama data import daily/ --store market --market BINANCE.SPOT",
            "",
            "Bars that have not ended yet are left out, rows of the future held back.",
            "Exit code 3 if a file could not be read, rows were refused or held back, or the store took no more.",
            "A second run changes nothing, but where files of one import contradict each other: the last one counts again."
        })
final class DataImportCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "Files, or folders that are searched to their depths.")
    List<Path> paths = List.of();

    @Mixin
    StoreOption store;

    @Option(names = "--market", paramLabel = "VENUE.KIND", description = "Market of all files, such as BINANCE.SPOT.")
    @Nullable
    String market;

    @Option(
            names = "--names",
            paramLabel = "FILE",
            description = "YAML or JSON that says for names of files their VENUE.KIND or whole id.")
    @Nullable
    Path names;

    @Option(
            names = "--suspects",
            paramLabel = "hold|keep|repair",
            description = "What becomes of rows whose time, volume or venue is proved wrong. Default: hold.")
    String suspects = "hold";

    @Option(
            names = "--origin",
            paramLabel = "exchange|historical|vendor",
            description = "How far the files can be trusted. Default: historical.")
    String origin = "historical";

    @Option(
            names = "--volume-unit",
            paramLabel = "base|quote",
            description = "What the column volume of bars counts: coins, or money, which is kept as quote_volume."
                    + " Default: money in files of Yahoo and CoinMarketCap, else coins.")
    @Nullable
    String volumeUnit;

    @Option(
            names = "--time-format",
            paramLabel = "PATTERN",
            description = "How times are written in text files where it is none of the usual forms, such as"
                    + " 'dd.MM.yyyy HH:mm' or 'MM/dd/yyyy h:mm a'. Letters as in Java's DateTimeFormatter.")
    @Nullable
    String timeFormat;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Zone of the times of --time-format, such as Europe/Berlin. Default: UTC.")
    @Nullable
    String zone;

    @Option(names = "--strict", description = "Stop at a row with other values than the one in the store.")
    boolean strict;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() throws IOException {
        return run(options());
    }

    private ImportOptions options() throws IOException {
        ImportOptions options = ImportOptions.defaults()
                .withStrict(strict)
                .withNow(TimeSource.system().nowNanos())
                .withKind(word(Provenance.Kind.class, origin, "origin"))
                .withSuspects(word(ImportOptions.Suspects.class, suspects, "suspects"));
        if (volumeUnit != null) {
            options = options.withVolumes(
                    StudyConfig.volumeInQuote(volumeUnit) ? ImportOptions.Volumes.QUOTE : ImportOptions.Volumes.BASE);
        }
        Check.that(zone == null || timeFormat != null, "zone says whose clock --time-format means; give both");
        options = timeFormat == null ? options : options.withTimes(TimeFormat.of(timeFormat, zone(zone)));
        options = market == null ? options : options.withMarket(market.toUpperCase(Locale.ROOT));
        return names == null ? options : options.withNames(names);
    }

    private static ZoneId zone(@Nullable String name) {
        try {
            return name == null ? ZoneOffset.UTC : ZoneId.of(name);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException(
                    "zone must be one such as Europe/Berlin or +02:00, got '" + name + "'", unknown);
        }
    }

    private static <E extends Enum<E>> E word(Class<E> type, String text, String name) {
        for (E value : type.getEnumConstants()) {
            if (value.name().equalsIgnoreCase(text)) {
                return value;
            }
        }
        throw new IllegalArgumentException(name + " must be one of "
                + List.of(type.getEnumConstants()).toString().toLowerCase(Locale.ROOT) + ", got '" + text + "'");
    }

    private int run(ImportOptions options) throws IOException {
        List<ImportReport.FileEntry> files = new ArrayList<>();
        Optional<ImportStoppedException> stopped = Optional.empty();
        PrintWriter people =
                common.json ? spec.commandLine().getErr() : spec.commandLine().getOut();
        try (Store target = store.open();
                ProgressLine progress =
                        new ProgressLine(spec.commandLine().getErr(), !common.json && ProgressLine.onTerminal())) {
            for (Path path : paths) {
                ImportReport report = target.importFiles(path, options, progress::progress);
                files.addAll(report.files());
                progress.endStage();
            }
        } catch (ImportStoppedException full) {
            files.addAll(full.report().files());
            stopped = Optional.of(full);
        }
        ImportReport all = new ImportReport(files, org.lama.core.data.Universe.empty());
        if (common.json) {
            spec.commandLine().getOut().print(Documents.json(document(all)));
        }
        print(all, people);
        people.flush();
        spec.commandLine().getOut().flush();
        if (stopped.isPresent()) {
            spec.commandLine()
                    .getErr()
                    .println("lama: " + Errors.sentence(stopped.get())
                            + "; the import stopped there, what is listed before is stored: the same command goes on");
            return ExitCode.DATA_FAULTS;
        }
        return code(all);
    }

    private static int code(ImportReport all) {
        boolean broken = all.count(Issue.Reason.UNREADABLE) > 0
                || all.total(ImportReport.SeriesEntry::refused) > 0
                || all.total(ImportReport.SeriesEntry::held) > 0;
        boolean any = all.files().stream().anyMatch(file -> !file.series().isEmpty() || file.events() > 0);
        return broken ? ExitCode.DATA_FAULTS : any ? ExitCode.DONE : ExitCode.USAGE;
    }

    private void print(ImportReport all, PrintWriter people) {
        for (ImportReport.FileEntry file : all.files()) {
            people.println(Errors.printable(file.file()) + ": " + what(file));
            file.findings()
                    .forEach(finding -> people.println("  " + finding.reason() + " " + finding.count()
                            + (finding.count() == 1 ? ", " : " times, first ") + Errors.printable(finding.first())));
        }
        if (all.files().isEmpty()) {
            people.println("There is no file in "
                    + String.join(", ", paths.stream().map(Path::toString).toList()) + " (links are not followed).");
        }
        long added = all.total(ImportReport.SeriesEntry::added);
        people.println(added + " rows added to " + store.name() + ", "
                + all.total(ImportReport.SeriesEntry::duplicates) + " were there already, "
                + all.total(ImportReport.SeriesEntry::revisions) + " revised, "
                + all.total(ImportReport.SeriesEntry::refused) + " refused, "
                + all.total(ImportReport.SeriesEntry::held) + " held back.");
        boolean bars = all.files().stream().anyMatch(file -> file.format().equals("bars") && stored(file) > 0);
        if (all.files().stream().anyMatch(file -> stored(file) > 0)) {
            people.println("Next: ./lama " + (bars ? "study" : "data ls") + store.flag());
        }
    }

    private static String what(ImportReport.FileEntry file) {
        if (!file.skipped().isEmpty()) {
            return "left out, " + Errors.printable(file.skipped());
        }
        int count = file.series().size();
        String events = file.events() == 0
                ? ""
                : ", " + file.events() + (file.events() == 1 ? " event" : " events") + " of instruments";
        if (count == 0 && file.events() > 0) {
            return file.format() + events;
        }
        String series = count == 0
                ? "nothing was taken"
                : count == 1 ? file.series().get(0).key().toString() : count + " series";
        long rows =
                file.series().stream().mapToLong(ImportReport.SeriesEntry::rows).sum();
        String taken = rows > 0 && stored(file) == 0 ? ", none of which was taken" : "";
        return file.format() + ", " + series + ", " + rows + " rows" + taken + events;
    }

    /** Rows that are in the store now. */
    private static long stored(ImportReport.FileEntry file) {
        return file.series().stream()
                .mapToLong(series -> series.added() + series.duplicates() + series.revisions())
                .sum();
    }

    private Node document(ImportReport all) {
        return Node.object()
                .put("store", store.name())
                .put(
                        "files",
                        Node.array(all.files().stream()
                                .map(DataImportCommand::node)
                                .toList()))
                .put("added", all.total(ImportReport.SeriesEntry::added))
                .put("duplicates", all.total(ImportReport.SeriesEntry::duplicates))
                .put("revisions", all.total(ImportReport.SeriesEntry::revisions))
                .put("refused", all.total(ImportReport.SeriesEntry::refused))
                .put("held", all.total(ImportReport.SeriesEntry::held))
                .build();
    }

    private static Node node(ImportReport.FileEntry file) {
        return Node.object()
                .put("file", file.file())
                .put("format", file.format())
                .put("sha256", file.sha256())
                .put("skipped", file.skipped())
                .put(
                        "series",
                        Node.array(file.series().stream()
                                .map(DataImportCommand::node)
                                .toList()))
                .put("events", file.events())
                .put("issues", FindingNodes.of(file.findings()))
                .build();
    }

    private static Node node(ImportReport.SeriesEntry series) {
        return Node.object()
                .put("symbol", series.key().instrument().toString())
                .put("kind", series.key().kind().folder())
                .put("interval", series.key().interval())
                .put("rows", series.rows())
                .put("added", series.added())
                .put("duplicates", series.duplicates())
                .put("revisions", series.revisions())
                .put("refused", series.refused())
                .put("held", series.held())
                .build();
    }
}
