package org.lama.backtest.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.lama.backtest.api.Seals;
import org.lama.backtest.api.Store;
import org.lama.backtest.api.StudyConfig;
import org.lama.core.base.Check;
import org.lama.core.data.PoolColumns;
import org.lama.core.data.PoolPrice;
import org.lama.core.data.PoolSlippage;
import org.lama.core.search.Seal;
import org.lama.core.series.TimeIndex;
import org.lama.core.store.Documents;
import org.lama.core.store.MarketStore;
import org.lama.core.store.Node;
import org.lama.core.store.RecordKind;
import org.lama.core.store.SeriesKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What swaps in a stored pool cost. */
@Command(
        name = "slippage",
        description = {
            "Says what buying for $10k and $100k in a pool of a store costs, without the pool's fee.",
            "A pool with reserves is one of constant product. One with concentrated liquidity needs --terms; of a swap that",
            "leaves the active range a lower bound is known, and the cost if the liquidity went on, which is no bound."
        },
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  lama data slippage UNISWAP_V3.SPOT.ETH-USDC --terms 18,6,1,10 --store market")
final class DataSlippageCommand implements Callable<Integer> {
    private static final int TERMS = 4;

    @Spec
    CommandSpec spec;

    @Parameters(paramLabel = "ID", description = "The pool; see 'lama data ls --kind pools'.")
    String pool = "";

    @Mixin
    StoreOption store;

    @Option(
            names = "--terms",
            split = ",",
            paramLabel = "BASE,QUOTE,TOKEN,SPACING",
            description =
                    "Decimals of base and quote, whether the base is the pool's token 0 or 1, and the spacing of its"
                            + " ticks (1, 10, 60, 200 for fees of 0.01, 0.05, 0.3, 1 %%).")
    @Nullable
    List<Integer> terms;

    @Option(
            names = "--sizes",
            split = ",",
            paramLabel = "A,B",
            description = "Sizes of the swap in quote. Default: 10000,100000.")
    List<Double> sizes = List.of(10_000.0, 100_000.0);

    @Option(names = "--from", paramLabel = "TIME", description = "First time, such as 2020-01-01 (inclusive).")
    @Nullable
    String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Stop before this time (exclusive).")
    @Nullable
    String to;

    @Mixin
    CommonOptions common;

    @Override
    public Integer call() throws IOException {
        try (Store there = store.existing()) {
            return run(there);
        }
    }

    private int run(Store there) throws IOException {
        SeriesKey key = SeriesKey.of(pool, RecordKind.POOLS);
        Check.that(
                there.rows().catalogue().stream().anyMatch(entry -> entry.key().equals(key)),
                "there is no pool " + pool + " in the store; see 'lama data ls --kind pools'");
        MarketStore.Query query = query(key);
        Optional<PoolPrice> price = Optional.empty();
        if (terms().isPresent()) {
            price = Optional.of(PoolPrice.of(there.rows(), query, terms().get()));
            price.get().require();
        }
        List<PoolSlippage> all = new ArrayList<>();
        for (double size : sizes) {
            all.add(PoolSlippage.of(there.rows(), query, terms(), size));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (common.json) {
            Node.Fields fields = Node.object().put("pool", pool);
            price.ifPresent(each -> fields.put("price", each.price()));
            out.print(Documents.json(fields.put(
                            "slippage",
                            Node.array(
                                    all.stream().map(DataSlippageCommand::node).toList()))
                    .build()));
        } else {
            price.ifPresent(each -> out.println(line(each)));
            all.forEach(each -> out.println(line(each)));
        }
        out.flush();
        return ExitCode.DONE;
    }

    private Optional<PoolColumns.Terms> terms() {
        if (terms == null) {
            return Optional.empty();
        }
        Check.that(
                terms.size() == TERMS && (terms.get(2) == 0 || terms.get(2) == 1),
                "terms must be the decimals of base and quote, 0 or 1, and the spacing of ticks, such as 18,6,1,10, got "
                        + terms);
        return Optional.of(new PoolColumns.Terms(terms.get(0), terms.get(1), terms.get(2) == 1, terms.get(3)));
    }

    /** The wanted range, of which a seal closes the end. */
    private MarketStore.Query query(SeriesKey key) throws IOException {
        long first = from == null ? Long.MIN_VALUE : TimeIndex.nanos(StudyConfig.time(from));
        long end = to == null ? Long.MAX_VALUE : TimeIndex.nanos(StudyConfig.time(to));
        Optional<Seal.Kept> seal =
                Seals.closing(store.request(), key.instrument().toString());
        if (seal.isPresent() && seal.get().seal().fromNanos() < end) {
            end = seal.get().seal().fromNanos();
            spec.commandLine().getErr().println("Sealed: nothing from " + TimeIndex.instant(end) + " on is seen.");
        }
        Check.that(first < end, "from must lie before the end of what may be seen, got " + from);
        return MarketStore.Query.all(key).between(first, end);
    }

    private static String line(PoolPrice each) {
        String bars = each.bars()
                .map(key -> "; " + key + " closed at " + each.close())
                .orElse("; no bars of the pair are stored, so look whether the market had it");
        return Double.isNaN(each.price())
                ? "Price by these terms: n/a, no state of the pool could be used"
                : String.format(
                                Locale.ROOT,
                                "Price by these terms: %.8g in the last state, %s",
                                each.price(),
                                TimeIndex.instant(each.timeNanos()))
                        + bars;
    }

    private static String line(PoolSlippage each) {
        String size = String.format(Locale.ROOT, "%,.0f: ", each.notional());
        if (each.states() == 0) {
            return size + "n/a, no state of the pool could be used";
        }
        String last = each.atLeast() == each.ifContinued()
                ? percent(each.ifContinued())
                : "at least " + percent(each.atLeast()) + ", " + percent(each.ifContinued())
                        + " if the liquidity went on";
        return size + last + " in the last state; over " + String.format(Locale.ROOT, "%,d", each.states())
                + " states median " + percent(each.median()) + ", worst " + percent(each.worst())
                + (each.exact() == each.states()
                        ? ""
                        : String.format(
                                Locale.ROOT, " (within the active range in %,d, else if it went on)", each.exact()));
    }

    private static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.4f %%", 100 * fraction);
    }

    private static Node node(PoolSlippage each) {
        return Node.object()
                .put("notional", each.notional())
                .put("states", each.states())
                .put("exact", each.exact())
                .put("atLeast", each.atLeast())
                .put("ifContinued", each.ifContinued())
                .put("median", each.median())
                .put("worst", each.worst())
                .build();
    }
}
