package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.lama.backtest.api.Store;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The tables of a store on a server. */
@Command(
        name = "init-db",
        description = {
            "Makes or updates the tables of a store on a PostgreSQL server, in the schema 'lama'.",
            "The database must exist. Nothing happens if its tables are up to date.",
            "Servers need optional libraries: LAMA_FULL=1 ./lama data init-db ... fetches them once."
        },
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  LAMA_FULL=1 LAMA_DB_PASSWORD=... ./lama data init-db --db postgresql://lama@localhost/lama")
final class DataInitCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Option(
            names = "--db",
            paramLabel = "URL",
            required = true,
            description = "postgresql://user@host/database; the password comes from LAMA_DB_PASSWORD.")
    String database = "";

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        int applied = Store.initialise(database);
        if (common.json) {
            out.print(Documents.json(Node.object()
                    .put("database", database)
                    .put("migrations", (long) applied)
                    .build()));
        } else {
            out.println(
                    applied == 0
                            ? database + " is up to date"
                            : database + ": " + applied + (applied == 1 ? " migration" : " migrations") + " applied");
        }
        out.flush();
        return ExitCode.DONE;
    }
}
