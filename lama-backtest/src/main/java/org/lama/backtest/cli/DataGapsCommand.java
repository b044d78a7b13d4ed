package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.api.Store;
import org.lama.core.base.Issue;
import org.lama.core.data.BarFiles;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import org.lama.core.store.ParquetStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Where bars are missing. */
@Command(
        name = "gaps",
        description = "Lists every place where bars are missing, in files or in a store. Exit code 3 if there is any.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  lama data gaps bars.csv.gz", "  lama data gaps --store market --json"})
final class DataGapsCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "PATH", description = "A file, a folder of files, or a store.")
    @Nullable
    Path path;

    @Mixin
    StoreOption store;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() throws IOException {
        return answer(gaps());
    }

    private List<Issue> gaps() throws IOException {
        store.requireOne(path, spec);
        if (path != null && !ParquetStore.isStore(path)) {
            spec.commandLine().getErr().print(SealLines.beside(path));
            return BarFiles.gaps(path);
        }
        List<Issue> all = new ArrayList<>();
        try (Store there = store.existing(path)) {
            spec.commandLine().getErr().print(SealLines.beside(store.asked(path)));
            there.gaps().values().forEach(all::addAll);
        }
        return all;
    }

    private int answer(List<Issue> gaps) {
        PrintWriter out = spec.commandLine().getOut();
        if (common.json) {
            out.print(Documents.json(Node.object()
                    .put(
                            "gaps",
                            Node.array(gaps.stream()
                                    .map(gap -> Node.object()
                                            .put("where", gap.where())
                                            .put("what", gap.detail())
                                            .build())
                                    .toList()))
                    .build()));
        } else {
            gaps.forEach(gap -> out.println(Errors.printable(gap.where() + ": " + gap.detail())));
            out.println(gaps.isEmpty() ? "No bar is missing." : gaps.size() + (gaps.size() == 1 ? " gap" : " gaps"));
        }
        out.flush();
        return gaps.isEmpty() ? ExitCode.DONE : ExitCode.DATA_FAULTS;
    }
}
