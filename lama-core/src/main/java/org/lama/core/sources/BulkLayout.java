package org.lama.core.sources;

import java.util.List;

/** Which columns the bulk files of Binance have, by their place without a header and by their names with one. */
enum BulkLayout {
    /** Bars. */
    KLINES(
            "klines",
            BinanceReplies.BARS,
            List.of("open_time"),
            List.of("open"),
            List.of("high"),
            List.of("low"),
            List.of("close"),
            List.of("volume"),
            List.of("close_time"),
            List.of("quote_volume", "quote_asset_volume"),
            List.of("count", "number_of_trades"),
            List.of("taker_buy_volume", "taker_buy_base_asset_volume"),
            List.of("taker_buy_quote_volume", "taker_buy_quote_asset_volume")),
    /** Trades of one price, side and time taken together. */
    AGG_TRADES(
            "aggTrades",
            BinanceReplies.TRADES,
            List.of("agg_trade_id", "a"),
            List.of("price"),
            List.of("quantity", "qty"),
            List.of("first_trade_id"),
            List.of("last_trade_id"),
            List.of("transact_time", "time"),
            List.of("is_buyer_maker")),
    /** Single trades. */
    TRADES(
            "trades",
            BinanceReplies.TRADES,
            List.of("id"),
            List.of("price"),
            List.of("qty", "quantity"),
            List.of("quote_qty", "base_qty"),
            List.of("time"),
            List.of("is_buyer_maker")),
    /** Funding; the interval stands between time and rate. */
    FUNDING(
            "fundingRate",
            List.of("rate", "interval_hours"),
            List.of("calc_time"),
            List.of("funding_interval_hours"),
            List.of("last_funding_rate")),
    /** Open interest every five minutes. */
    METRICS(
            "metrics",
            BinanceReplies.OPEN_INTEREST,
            List.of("create_time"),
            List.of("symbol"),
            List.of("sum_open_interest"),
            List.of("sum_open_interest_value"));

    private final String folder;

    @SuppressWarnings("ImmutableEnumChecker") // a copy of texts
    private final List<String> columns;

    @SuppressWarnings("ImmutableEnumChecker") // a copy of texts
    private final List<List<String>> names;

    @SafeVarargs
    BulkLayout(String folder, List<String> columns, List<String>... names) {
        this.folder = folder;
        this.columns = columns;
        this.names = List.of(names);
    }

    String folder() {
        return folder;
    }

    /** The columns of the rows that come out. */
    List<String> columns() {
        return columns;
    }

    /** The columns of the file, each with the names it has had. */
    List<List<String>> names() {
        return names;
    }
}
