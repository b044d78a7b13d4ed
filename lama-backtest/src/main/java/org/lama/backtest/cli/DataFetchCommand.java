package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.api.DataRequest;
import org.lama.backtest.api.Lama;
import org.lama.backtest.api.Store;
import org.lama.backtest.api.StudyConfig;
import org.lama.backtest.walkforward.StudyInterruptedException;
import org.lama.core.base.Check;
import org.lama.core.base.Issue;
import org.lama.core.base.TimeSource;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;
import org.lama.core.sources.FallbackChain;
import org.lama.core.sources.FetchJob;
import org.lama.core.sources.FetchRequest;
import org.lama.core.sources.Source;
import org.lama.core.sources.SourceSettings;
import org.lama.core.sources.Sources;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import org.lama.core.store.RecordKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Series of a venue or vendor into a store. */
@Command(
        name = "fetch",
        description = {
            "Fetches series of a venue or vendor into a store.",
            "What is there already is not fetched again: the same command goes on where it was stopped, and later",
            "fetches what is new."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lama data fetch --list",
            "  lama data fetch binance BTCUSDT,ETHUSDT --interval 1d --from 2020-01-01 --store market",
            "  lama data fetch binance-usdm BTCUSDT --kind funding --from 2024-01-01 --store market",
            "  lama data fetch binance BTCUSDT --fallback yahoo=BTC-USD --from 2024-01-01 --store market",
            "",
            "Exit code 2 if a symbol could not be fetched to its end, 3 if rows were refused or none came."
        })
final class DataFetchCommand implements Callable<Integer> {
    private static final int PERCENT = 100;

    @Spec
    CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "SOURCE", description = "Whom to ask; see --list.")
    @Nullable
    String source;

    @Parameters(
            index = "1",
            arity = "0..1",
            split = ",",
            paramLabel = "SYMBOLS",
            description = "As the source spells them, such as BTCUSDT,ETHUSDT.")
    @Nullable
    List<String> symbols;

    @Option(names = "--list", description = "Only list the sources, what they give, and against what each was run.")
    boolean list;

    @Option(names = "--from", paramLabel = "TIME", description = "First time, such as 2020-01-01 (inclusive).")
    @Nullable
    String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Stop before this time (exclusive). Default: now.")
    @Nullable
    String to;

    @Option(names = "--interval", paramLabel = "1h|1d|...", description = "Length of bars. Default: 1d.")
    @Nullable
    String interval;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "What to fetch, such as bars, trades, funding or open_interest. Default: bars.")
    String kind = "bars";

    @Mixin
    StoreOption store;

    @Option(
            names = "--fallback",
            paramLabel = "SOURCE[=SYMBOLS]",
            description =
                    "Ask this source for a symbol whose source fails, under its own spelling of SYMBOLS, one for each;"
                            + " may be given again for a third source. What it gives stands under its own name, and is"
                            + " said.")
    List<String> fallbacks = List.of();

    @Option(names = "--no-exchange", description = "Ask no exchange, only those of --fallback that are none.")
    boolean noExchange;

    @Option(names = "--strict", description = "Stop at a row with other values than the one in the store.")
    boolean strict;

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description =
                    "Ask this host instead of the venue's: https, or http to this machine. For proxies and tests.")
    @Nullable
    String baseUrl;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() throws IOException {
        return list ? list() : fetch();
    }

    /** Journals and downloads lie beside the data, but are no part of them. */
    private SourceSettings settings() {
        DataRequest request = store.request();
        Path folder = request.path()
                .map(path -> path.resolve(".fetch"))
                .orElseGet(() -> Lama.ledgerBeside(request).resolveSibling(".lama-fetch"));
        SourceSettings settings = SourceSettings.in(folder);
        return baseUrl == null ? settings : settings.asking(baseUrl);
    }

    private int list() {
        PrintWriter out = spec.commandLine().getOut();
        Sources all = Sources.all(settings());
        if (common.json) {
            out.print(Documents.json(Node.object()
                    .put(
                            "sources",
                            Node.array(all.names().stream()
                                    .map(name -> node(all.get(name)))
                                    .toList()))
                    .build()));
        } else {
            for (String name : all.names()) {
                Source each = all.get(name);
                out.println(name + ": " + each.venue() + ", gives "
                        + String.join(
                                ", ",
                                each.offers().stream()
                                        .map(offer -> offer.kind().folder())
                                        .toList())
                        + "; " + standing(each));
            }
        }
        out.flush();
        return ExitCode.DONE;
    }

    private static Node node(Source source) {
        return Node.object()
                .put("name", source.name())
                .put("venue", source.venue())
                .put("origin", source.origin().name())
                .put("standing", source.standing().name())
                .put(
                        "kinds",
                        Node.texts(source.offers().stream()
                                .map(offer -> offer.kind().folder())
                                .toList()))
                .build();
    }

    private static String standing(Source source) {
        return switch (source.standing()) {
            case REAL_HOST -> "was run against the real host";
            case RECORDED -> "was run against recorded replies, never against the real host";
            case GENERATED -> "is generated here, by no market";
            case SHAPE_ONLY -> "was run against replies written from its documentation, never against the real host";
        };
    }

    private int fetch() throws IOException {
        Check.that(
                source != null && symbols != null,
                "say whom to ask and for what: lama data fetch SOURCE SYMBOLS --from TIME; see --list");
        Check.that(from != null, "from must be given, such as --from 2020-01-01");
        SourceSettings settings = settings();
        List<String> wanted = Check.notNull(symbols, "symbols");
        Source asked = chain(Sources.all(settings), Check.notNull(source, "source"), wanted);
        FetchRequest request = request(wanted);
        asked.offer(request.kind());
        PrintWriter err = spec.commandLine().getErr();
        Thread hook = Interrupt.arm(err);
        try (Store target = store.open();
                ProgressLine progress = new ProgressLine(err, !common.json && ProgressLine.onTerminal())) {
            List<FetchJob.Outcome> outcomes = FetchJob.of(asked, target.rows(), request, settings.journals())
                    .clock(settings.clock())
                    .strict(strict)
                    .progress(done -> tell(done, progress))
                    .run();
            progress.endStage();
            return answer(asked, outcomes);
        } finally {
            Interrupt.disarm(hook);
        }
    }

    /** The source, and those that stand in for it. */
    private Source chain(Sources all, String first, List<String> wanted) {
        if (fallbacks.isEmpty() && !noExchange) {
            return all.get(first);
        }
        List<FallbackChain.Link> links = new ArrayList<>();
        links.add(new FallbackChain.Link(all.get(first), Map.of()));
        for (String text : fallbacks) {
            int cut = text.indexOf('=');
            List<String> spelt =
                    cut < 0 ? wanted : List.of(text.substring(cut + 1).split(",", -1));
            Check.that(
                    spelt.size() == wanted.size(),
                    "fallback must spell " + wanted.size() + " symbols, one for each of " + wanted + ", got " + spelt);
            Map<String, String> spelling = new HashMap<>();
            for (int i = 0; i < spelt.size(); i++) {
                spelling.put(wanted.get(i), spelt.get(i).strip());
            }
            links.add(new FallbackChain.Link(all.get(cut < 0 ? text : text.substring(0, cut)), spelling));
        }
        Check.that(
                !noExchange || links.stream().anyMatch(link -> link.source().origin() != Provenance.Kind.EXCHANGE),
                "no-exchange leaves nobody to ask; name a vendor, such as --fallback yahoo=BTC-USD");
        FallbackChain chain = FallbackChain.of(links);
        return noExchange ? chain.withoutExchange() : chain;
    }

    private FetchRequest request(List<String> wanted) {
        RecordKind what = SeriesOptions.kind(kind);
        long first = TimeIndex.nanos(StudyConfig.time(Check.notNull(from, "from")));
        long end = to == null ? TimeSource.system().nowNanos() : TimeIndex.nanos(StudyConfig.time(to));
        Check.that(first < end, "from must lie before to, got " + from + " and " + (to == null ? "now" : to));
        Check.that(what == RecordKind.BARS || interval == null, "interval must be left out for anything but bars");
        return what == RecordKind.BARS
                ? FetchRequest.bars(wanted, interval == null ? "1d" : interval, first, end)
                : FetchRequest.of(wanted, what, first, end);
    }

    private static void tell(FetchJob.Progress done, ProgressLine progress) {
        progress.progress("fetch", (int) (done.fraction() * PERCENT), PERCENT);
        if (progress.cancelled()) {
            throw new StudyInterruptedException(
                    "interrupted; what was fetched is kept: the same command goes on from there");
        }
    }

    private int answer(Source asked, List<FetchJob.Outcome> outcomes) {
        PrintWriter out = spec.commandLine().getOut();
        if (common.json) {
            out.print(Documents.json(Node.object()
                    .put("source", asked.name())
                    .put("standing", asked.standing().name())
                    .put("store", store.name())
                    .put(
                            "symbols",
                            Node.array(outcomes.stream()
                                    .map(DataFetchCommand::node)
                                    .toList()))
                    .build()));
        } else {
            outcomes.forEach(outcome -> print(outcome, out));
            List<Source> all = asked instanceof FallbackChain chain ? chain.sources() : List.of(asked);
            all.forEach(each -> out.println("Note: the adapter '" + each.name() + "' " + standing(each) + "."));
            if (outcomes.stream().anyMatch(outcome -> outcome.failure().isEmpty() && !isMissing(outcome))) {
                out.println("Next: ./lama data ls" + store.flag());
            }
        }
        out.flush();
        boolean failed = outcomes.stream().anyMatch(outcome -> outcome.failure().isPresent());
        boolean refused =
                outcomes.stream().anyMatch(outcome -> outcome.written().refused() > 0);
        boolean missing = outcomes.stream().anyMatch(DataFetchCommand::isMissing);
        boolean replaced = outcomes.stream().anyMatch(DataFetchCommand::isReplaced);
        return failed ? ExitCode.USAGE : refused || missing || replaced ? ExitCode.DATA_FAULTS : ExitCode.DONE;
    }

    /** Whether another source stood in: its rows are there, but not those that were asked for. */
    private static boolean isReplaced(FetchJob.Outcome outcome) {
        return outcome.issues().stream().anyMatch(issue -> issue.reason() == Issue.Reason.FALLBACK);
    }

    /** Whether the source was asked and gave nothing at all. */
    private static boolean isMissing(FetchJob.Outcome outcome) {
        return outcome.failure().isEmpty()
                && outcome.series().isEmpty()
                && outcome.issues().stream().anyMatch(issue -> issue.reason() == Issue.Reason.NOT_COVERED);
    }

    private void print(FetchJob.Outcome outcome, PrintWriter out) {
        out.println(Errors.printable(outcome.symbol()) + ": "
                + (outcome.series().isEmpty()
                        ? outcome.failure().isPresent() ? "failed" : isMissing(outcome) ? "nothing came" : "nothing new"
                        : String.join(
                                ", ",
                                outcome.series().stream().map(Object::toString).toList()))
                + ", " + outcome.fetchedRows() + " rows fetched, "
                + outcome.written().added() + " added, "
                + outcome.written().duplicates() + " were there already, "
                + outcome.written().revisions() + " revised, "
                + outcome.written().refused() + " refused");
        for (Issue issue : outcome.issues()) {
            out.println("  " + issue.reason() + " " + Errors.printable(issue.where() + ": " + issue.detail()));
        }
        outcome.failure()
                .ifPresent(failure -> spec.commandLine()
                        .getErr()
                        .println("lama: " + Errors.printable(outcome.symbol()) + ": " + Errors.sentence(failure)));
    }

    private static Node node(FetchJob.Outcome outcome) {
        Node.Fields fields = Node.object()
                .put("symbol", outcome.symbol())
                .put(
                        "series",
                        Node.texts(
                                outcome.series().stream().map(Object::toString).toList()))
                .put("fetched", outcome.fetchedRows())
                .put("added", outcome.written().added())
                .put("duplicates", outcome.written().duplicates())
                .put("revisions", outcome.written().revisions())
                .put("refused", outcome.written().refused())
                .put(
                        "issues",
                        Node.array(outcome.issues().stream()
                                .map(issue -> Node.object()
                                        .put("reason", issue.reason().name())
                                        .put("where", issue.where())
                                        .put("detail", issue.detail())
                                        .build())
                                .toList()));
        outcome.failure().ifPresent(failure -> fields.put("failure", Errors.sentence(failure)));
        return fields.build();
    }
}
