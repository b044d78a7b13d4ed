package org.lama.core.sources;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;
import org.lama.core.store.MarketStore;

/**
 * Sources by their explicit names. A source is made when it is first asked for, and then shared, so that all who use it
 * share its budget. Thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Sources {
    private final SourceSettings settings;
    private final Map<String, Function<SourceSettings, Source>> makers = new LinkedHashMap<>();
    private final Map<String, Source> made = new LinkedHashMap<>();

    private Sources(SourceSettings settings) {
        this.settings = settings;
    }

    /**
     * Every source of the house.
     *
     * @param settings what they share
     * @return the sources, none of them made yet
     */
    public static Sources all(SourceSettings settings) {
        Sources sources = new Sources(settings);
        for (BinanceMarket market : BinanceMarket.values()) {
            sources.makers.put(market.source(), shared -> Binance.of(market, shared));
        }
        for (BinanceMarket market : List.of(BinanceMarket.SPOT, BinanceMarket.USD_M)) {
            sources.makers.put(market.source() + "-trades", shared -> Binance.singleTrades(market, shared));
        }
        for (BybitMarket market : BybitMarket.values()) {
            sources.makers.put(market.source(), shared -> new Bybit(market, shared));
        }
        sources.makers.put(Deribit.NAME, Deribit::new);
        sources.makers.put(CoinGecko.NAME, CoinGecko::new);
        sources.makers.put(Coinbase.NAME, Coinbase::new);
        sources.makers.put(Kraken.NAME, Kraken::new);
        sources.makers.put(Gemini.NAME, Gemini::new);
        sources.makers.put(Alchemy.NAME, Alchemy::new);
        sources.makers.put(TheGraph.NAME, TheGraph::new);
        sources.makers.put(Yahoo.NAME, Yahoo::new);
        sources.makers.put(SyntheticBars.NAME, SyntheticBars::new);
        return sources;
    }

    /**
     * A receiver that writes every batch into a store; rows with other values than those in the store become revisions.
     *
     * @param store where rows go
     * @return the receiver
     */
    public static Source.Receiver into(MarketStore store) {
        return batch -> {
            if (batch.rows().rows() > 0) {
                store.write(batch.key(), batch.rows(), batch.provenance(), false);
            }
        };
    }

    /**
     * The names that exist.
     *
     * @return in the order of trust
     */
    public List<String> names() {
        return List.copyOf(makers.keySet());
    }

    /**
     * A source by its name.
     *
     * @param name such as {@code binance}
     * @return the source, always the same one
     * @throws IllegalArgumentException if there is none, naming the nearest
     */
    public synchronized Source get(String name) {
        Function<SourceSettings, Source> maker = makers.get(name);
        Check.that(
                maker != null,
                "source must be one of " + names() + ", got '" + name + "'" + Suggestion.alike(name, names()));
        Source source = made.get(name);
        if (source == null) {
            source = Check.notNull(maker, name).apply(settings);
            made.put(name, source);
        }
        return source;
    }
}
