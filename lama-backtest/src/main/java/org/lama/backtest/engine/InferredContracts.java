package org.lama.backtest.engine;

import java.util.Locale;
import org.lama.backtest.engine.EngineSettings.MarginMode;
import org.lama.backtest.engine.EngineSettings.QuantityMode;
import org.lama.backtest.order.Scale;
import org.lama.core.market.Contract;
import org.lama.core.market.Instrument;
import org.lama.core.series.Series;

/** Contracts of symbols that come without one: name and scale from the symbol and its first price. */
final class InferredContracts {
    private static final int LONGEST = 32;

    private InferredContracts() {}

    /** A symbol in the letters that an instrument's name may have. */
    static String name(String symbol) {
        String base = symbol.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9._%]", ".");
        base = (base.isEmpty() || !Character.isLetterOrDigit(base.charAt(0))) ? "X" + base : base;
        return base.substring(0, Math.min(base.length(), LONGEST));
    }

    /** The contract of a symbol; one that is funded is carried on margin even on credit. */
    static Contract of(String symbol, boolean funded, EngineSettings settings, Series open, Series close) {
        double price = firstPrice(open, close);
        Scale scale = settings.quantityMode() == QuantityMode.LOTS
                ? Scale.forPrice(price)
                : Scale.finest(price, settings.cash() * settings.leverage() / price);
        Instrument instrument = new Instrument(
                "UNKNOWN",
                settings.kind(),
                name(symbol),
                settings.currency(),
                scale.priceDecimals(),
                scale.quantityDecimals());
        return EngineSettings.plain(instrument, funded ? MarginMode.ISOLATED : settings.marginMode());
    }

    private static double firstPrice(Series open, Series close) {
        for (int i = 0; i < open.size(); i++) {
            if (open.get(i) > 0 && open.get(i) < Double.POSITIVE_INFINITY) {
                return open.get(i);
            }
            if (close.get(i) > 0 && close.get(i) < Double.POSITIVE_INFINITY) {
                return close.get(i);
            }
        }
        return 1;
    }
}
