package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.api.Book;
import org.lama.backtest.api.BookReplay;
import org.lama.backtest.api.Lama;
import org.lama.backtest.api.OutputFolder;
import org.lama.backtest.api.ReplayRequest;
import org.lama.backtest.strategies.Strategies;
import org.lama.core.base.Check;
import org.lama.core.store.Documents;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One strategy over one book. */
@Command(
        name = "replay",
        description = {
            "Replays a market maker over a book, under two queue models, and says where its profit came from.",
            "Orders take their time to the venue; what fills depends on who stands in front, which the models guess."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lama book replay --list                the market makers with their parameters",
            "  lama book replay --strategy touch-quoter --param quantity=0.01 --param inventory=0.05",
            "  lama book replay usdm.gz --format binance-usdm --tick 0.1 --lot 0.001 --queue risk-averse,logarithmic",
            "  lama book replay --strategy my.Maker --jar my.jar --order-latency 2 --answer-latency 2",
            "",
            "It writes report.html, result.json, and fills as Parquet and CSV, each with the mid before and after it.",
            "Profit = spread captured + inventory + fees. Fills by touch are shown beside the models: they are a fiction.",
            "One replay is a trial, not evidence: it is counted in the trial ledger."
        })
final class BookReplayCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Mixin
    BookOptions book;

    @Option(
            names = "--strategy",
            paramLabel = "NAME|CLASS|FILE.java",
            description = "A market maker (see --list), a class with its package, or one Java source file."
                    + " Default: avellaneda-stoikov.")
    String strategy = "avellaneda-stoikov";

    @Option(names = "--jar", paramLabel = "FILE", description = "The jar that holds the class of --strategy.")
    @Nullable
    Path jar;

    @Option(
            names = "--param",
            paramLabel = "NAME=VALUE",
            description = "A parameter of the strategy; may be given several times.")
    Map<String, String> parameters = new LinkedHashMap<>();

    @Option(
            names = "--queue",
            split = ",",
            paramLabel = "A,B",
            description = "Queue models: risk-averse, power, power:N, logarithmic. Default: risk-averse,power.")
    List<String> queues = List.of("risk-averse", "power");

    @Option(names = "--order-latency", paramLabel = "MS", description = "Milliseconds to the venue. Default: 10.")
    double orderLatency = 10;

    @Option(names = "--answer-latency", paramLabel = "MS", description = "Milliseconds back. Default: 10.")
    double answerLatency = 10;

    @Option(
            names = "--maker-fee",
            paramLabel = "FRACTION",
            description = "Of the notional of fills at rest; negative for a rebate. Default: 0.0002.")
    double makerFee = 0.0002;

    @Option(
            names = "--taker-fee",
            paramLabel = "FRACTION",
            description = "Of the notional of fills that take. Default: 0.0005.")
    double takerFee = 0.0005;

    @Option(
            names = "--participation",
            paramLabel = "FRACTION",
            description = "Largest share of what others trade or show that may be ours. Default: 0.1.")
    double participation = 0.1;

    @Option(names = "--whole-fills", description = "An order that fills fills whole, whatever others trade.")
    boolean wholeFills;

    @Option(names = "--list", description = "Only list the market makers with their parameters and defaults.")
    boolean list;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where to write. Default: the next free lama-out/replay-NNN.")
    @Nullable
    Path out;

    @Option(names = "--force", description = "Write into a folder that already holds results.")
    boolean force;

    @Mixin
    LedgerOption ledger = new LedgerOption();

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() throws IOException {
        PrintWriter stdout = spec.commandLine().getOut();
        if (list) {
            return StrategyList.print(Strategies.makers(), common.json, stdout);
        }
        try (StrategyPrints prints = StrategyPrints.of(common.json)) {
            prints.silence();
            return run(stdout);
        }
    }

    private ReplayRequest request() {
        ReplayRequest request = ReplayRequest.of(strategy)
                .withParameters(parameters)
                .withQueues(queues)
                .withLatency(millis(orderLatency, "order-latency"), millis(answerLatency, "answer-latency"))
                .withFees(makerFee, takerFee)
                .withParticipation(wholeFills ? Double.POSITIVE_INFINITY : participation);
        return jar == null ? request : request.withJar(jar);
    }

    private static Duration millis(double value, String name) {
        Check.that(value >= 0 && value <= 3.6e6, name + " must be in [0, 3600000] ms, got " + value);
        return Duration.ofNanos(Math.round(value * 1e6));
    }

    private int run(PrintWriter stdout) throws IOException {
        PrintWriter people = common.json ? spec.commandLine().getErr() : stdout;
        ReplayRequest request = request();
        // a strategy that does not exist, or a parameter that is wrong, is said before the feed is read
        request.effective();
        OutputFolder folder = OutputFolder.prepare(out, "replay", force);
        try (Book read = book.load(people)) {
            BookReplay replay = Lama.replay(request, read, ledger.options());
            replay.write(folder);
            if (common.json) {
                stdout.print(Documents.json(replay.manifest()));
            }
            people.print(Errors.printableLines(replay.explain()));
            people.println("Report: " + folder.shown("report.html"));
            people.flush();
            stdout.flush();
            return ExitCode.DONE;
        } finally {
            folder.discardIfEmpty();
        }
    }
}
