package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.api.DataRequest;
import org.lama.backtest.api.Seals;
import org.lama.backtest.api.StudyConfig;
import org.lama.core.base.TimeSource;
import org.lama.core.search.Seal;
import org.lama.core.series.TimeIndex;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Closes the end of some data. */
@Command(
        name = "seal",
        description = {
            "Closes the last part of some data to every study, backtest and sweep, until it is unsealed once.",
            "Studies then run on what lies before. Try the finished idea on the sealed part a single time."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  lama seal --data bars.csv.gz --last 180d",
            "  lama seal --store market --from 2024-01-01 --symbols BTC-USDT",
            "  lama seal --data bars.csv.gz --list",
            "",
            "The seal lies in the trial ledger. It knows the instruments by name and their bars by fingerprint,",
            "so another file of the same instrument is closed as well. See 'lama unseal --help'."
        })
final class SealCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Mixin
    SealedOption data;

    @Option(names = "--last", paramLabel = "180d", description = "Seal so much of the end of the data.")
    @Nullable
    String last;

    @Option(names = "--from", paramLabel = "TIME", description = "Seal from this time on, such as 2024-01-01.")
    @Nullable
    String from;

    @Option(names = "--symbols", split = ",", paramLabel = "A,B", description = "Seal these symbols only.")
    @Nullable
    List<String> symbols;

    @Option(names = "--list", description = "Only list the seals of the ledger.")
    boolean list;

    @Mixin
    LedgerOption ledger;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() throws IOException {
        PrintWriter stdout = spec.commandLine().getOut();
        DataRequest request = data.request(spec);
        Path folder = ledger.of(request);
        if (list) {
            stdout.print(SealLines.all(Seals.all(folder), common.json));
            stdout.flush();
            return ExitCode.DONE;
        }
        if ((last == null) == (from == null)) {
            throw new IllegalArgumentException("say what to seal: either --last 180d or --from 2024-01-01");
        }
        if (symbols != null) {
            request = request.withSymbols(symbols);
        }
        Seals.Set set = last != null
                ? Seals.seal(request, StudyConfig.interval(last), folder, TimeSource.system())
                : Seals.seal(request, StudyConfig.time(String.valueOf(from)), folder, TimeSource.system());
        if (set.warning().isPresent()) {
            PrintWriter stderr = spec.commandLine().getErr();
            stderr.println("lama: warning: " + set.warning().get());
            stderr.flush();
        }
        if (common.json) {
            stdout.print(SealLines.all(List.of(set.kept()), true));
        } else {
            Seal seal = set.kept().seal();
            stdout.println("Sealed: " + String.join(", ", seal.instruments().keySet()) + " from "
                    + TimeIndex.instant(seal.fromNanos()) + " on, as seal "
                    + set.kept().number() + " of " + folder);
            stdout.println("Open: " + set.openRows() + " bars before it; studies end there and say so.");
            if (set.earlierTrials() > 0) {
                stdout.println("Note: " + set.earlierTrials()
                        + " earlier trials of these data already saw this window, so it is not unseen to them.");
            }
            stdout.println("Next: ./lama unseal " + data.flag() + " --reason \"...\"   # once, for the final look");
        }
        stdout.flush();
        return ExitCode.DONE;
    }
}
