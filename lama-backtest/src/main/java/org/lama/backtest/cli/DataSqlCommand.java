package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.lama.backtest.api.Seals;
import org.lama.backtest.api.Store;
import org.lama.core.base.Tabular;
import org.lama.core.search.Seal;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import org.lama.core.store.ParquetStore;
import org.lama.core.store.StoreSql;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Questions in SQL. */
@Command(
        name = "sql",
        description = {
            "Asks a store in SQL. Each kind is a table: bars, trades, funding, ... with symbol, interval and time.",
            "Needs DuckDB, an optional library: LAMA_FULL=1 ./lama data sql ... fetches it once. If a seal holds, nothing from its start on is seen."
        },
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  lama data sql \"SELECT symbol, count(*), max(close) FROM bars GROUP BY symbol\" --store market")
final class DataSqlCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "SELECT", description = "One question.")
    String sql = "";

    @Mixin
    StoreFolder place;

    @Option(names = "--limit", paramLabel = "N", description = "Most rows of an answer. Default: 10000.")
    int limit = 10_000;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        StoreOption store = place.option();
        try (Store there = store.existing()) {
            Tabular answer = StoreSql.query((ParquetStore) there.rows(), sql, sealed(there, store), limit);
            out.print(common.json ? Documents.json(document(answer)) : Errors.printableLines(answer.asText()));
        }
        out.flush();
        return ExitCode.DONE;
    }

    /** What one series shows of the sealed time gives away the others, so the earliest seal bounds all of them. */
    private OptionalLong sealed(Store there, StoreOption store) throws IOException {
        OptionalLong first = OptionalLong.empty();
        Set<String> instruments = new TreeSet<>();
        there.rows().keys().forEach(key -> instruments.add(key.instrument().toString()));
        for (String instrument : instruments) {
            Optional<Seal.Kept> seal = Seals.closing(store.request(), instrument);
            if (seal.isPresent() && seal.get().seal().fromNanos() < first.orElse(Long.MAX_VALUE)) {
                first = OptionalLong.of(seal.get().seal().fromNanos());
            }
        }
        if (first.isPresent()) {
            spec.commandLine()
                    .getErr()
                    .println("Sealed: nothing from " + TimeIndex.instant(first.getAsLong()) + " on is seen.");
        }
        return first;
    }

    private static Node document(Tabular answer) {
        List<Tabular.Column> columns = answer.columns();
        List<Node> rows = new ArrayList<>();
        for (int row = 0; row < columns.get(0).cells().size(); row++) {
            Node.Fields fields = Node.object();
            for (Tabular.Column column : columns) {
                put(fields, column.name(), column.cells().get(row));
            }
            rows.add(fields.build());
        }
        return Node.object().put("rows", Node.array(rows)).build();
    }

    private static void put(Node.Fields fields, String name, Object cell) {
        if (cell instanceof Long whole) {
            fields.put(name, whole);
        } else if (cell instanceof Double number) {
            fields.put(name, number);
        } else if (cell instanceof Boolean flag) {
            fields.put(name, flag);
        } else if (cell instanceof Instant time) {
            fields.put(name, time);
        } else {
            fields.put(name, cell.toString());
        }
    }
}
