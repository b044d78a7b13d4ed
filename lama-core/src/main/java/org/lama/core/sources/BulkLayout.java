package org.lama.core.sources;

import java.util.Arrays;
import java.util.List;

/** Which columns the bulk files of Binance have, by their place without a header and by their names with one. */
enum BulkLayout {
    /** Bars. */
    KLINES(
            "klines",
            BinanceReplies.BARS,
            "open_time",
            "open",
            "high",
            "low",
            "close",
            "volume",
            "close_time",
            "quote_volume|quote_asset_volume",
            "count|number_of_trades",
            "taker_buy_volume|taker_buy_base_asset_volume",
            "taker_buy_quote_volume|taker_buy_quote_asset_volume"),
    /** Trades of one price, side and time taken together. */
    AGG_TRADES(
            "aggTrades",
            BinanceReplies.TRADES,
            "agg_trade_id|a",
            "price",
            "quantity|qty",
            "first_trade_id",
            "last_trade_id",
            "transact_time|time",
            "is_buyer_maker"),
    /** Single trades. */
    TRADES(
            "trades",
            BinanceReplies.TRADES,
            "id",
            "price",
            "qty|quantity",
            "quote_qty|base_qty",
            "time",
            "is_buyer_maker"),
    /** Funding; the interval stands between time and rate. */
    FUNDING(
            "fundingRate",
            List.of("rate", "interval_hours"),
            "calc_time",
            "funding_interval_hours",
            "last_funding_rate"),
    /** Open interest every five minutes. */
    METRICS(
            "metrics",
            BinanceReplies.OPEN_INTEREST,
            "create_time",
            "symbol",
            "sum_open_interest",
            "sum_open_interest_value");

    private final String folder;

    @SuppressWarnings("ImmutableEnumChecker") // a copy of texts
    private final List<String> columns;

    @SuppressWarnings("ImmutableEnumChecker") // a copy of texts
    private final List<List<String>> names;

    BulkLayout(String folder, List<String> columns, String... names) {
        this.folder = folder;
        this.columns = columns;
        this.names =
                Arrays.stream(names).map(name -> List.of(name.split("[|]", -1))).toList();
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
