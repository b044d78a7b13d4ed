package org.lama.backtest.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.lama.core.base.Named;
import org.lama.core.base.Tabular;
import org.lama.core.data.Datasets;
import org.lama.core.signal.Providers;
import org.lama.core.store.Documents;
import org.lama.core.store.Node;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists what the class path offers. */
@Command(
        name = "models",
        description = "Lists the models, combiners, regime detectors, model tools and data sets that were found.",
        footerHeading = "%nExample:%n",
        footer = "  lama models --json")
final class ModelsCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() {
        List<String> kinds = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> types = new ArrayList<>();
        Node.Fields fields = Node.object();
        add("model", Providers.models(), kinds, names, types, fields);
        add("combiner", Providers.combiners(), kinds, names, types, fields);
        add("regime", Providers.regimes(), kinds, names, types, fields);
        add("tool", Providers.tools(), kinds, names, types, fields);
        add("dataset", Datasets.all(), kinds, names, types, fields);
        PrintWriter out = spec.commandLine().getOut();
        if (common.json) {
            out.print(Documents.json(fields.build()));
        } else {
            Tabular table = () -> List.of(
                    new Tabular.Column("kind", kinds),
                    new Tabular.Column("name", names),
                    new Tabular.Column("implemented by", types));
            out.print(table.asText());
        }
        out.flush();
        return ExitCode.DONE;
    }

    private static void add(
            String kind,
            List<? extends Named> found,
            List<String> kinds,
            List<String> names,
            List<String> types,
            Node.Fields fields) {
        for (Named named : found) {
            kinds.add(kind);
            names.add(named.name());
            types.add(named.getClass().getName());
        }
        fields.put(kind, Node.texts(found.stream().map(Named::name).toList()));
    }
}
