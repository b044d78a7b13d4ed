package org.lama.backtest.engine;

import java.util.List;
import java.util.function.Function;
import org.lama.backtest.order.FixedPoint;

/** The figures per bar of several accounts, summed; new arrays on each call. */
final class BarColumns {
    private static final double UNITS = FixedPoint.power(FixedPoint.MONEY_DECIMALS);

    private final int bars;
    private final List<Account> accounts;

    BarColumns(int bars, List<Account> accounts) {
        this.bars = bars;
        this.accounts = accounts;
    }

    double[] equity() {
        return sum(each -> each.equity);
    }

    double[] cash() {
        return sum(each -> each.cash.toArray(bars));
    }

    /** Absolute position values as shares of equity. */
    double[] exposure() {
        return shares(each -> each.gross);
    }

    /** Signed position values as shares of equity. */
    double[] netExposure() {
        return shares(Account::net);
    }

    private double[] sum(Function<Account, long[]> column) {
        long[] units = column.apply(accounts.get(0));
        for (Account account : accounts.subList(1, accounts.size())) {
            long[] sum = units.clone();
            long[] own = column.apply(account);
            for (int bar = 0; bar < bars; bar++) {
                sum[bar] = Math.addExact(sum[bar], own[bar]);
            }
            units = sum;
        }
        double[] out = new double[bars];
        for (int bar = 0; bar < bars; bar++) {
            out[bar] = units[bar] / UNITS;
        }
        return out;
    }

    private double[] shares(Function<Account, double[]> column) {
        double[] out = new double[bars];
        for (int bar = 0; bar < bars; bar++) {
            double value = 0;
            long units = 0;
            for (Account account : accounts) {
                value += column.apply(account)[bar];
                units = Math.addExact(units, account.equity[bar]);
            }
            out[bar] = units > 0 ? value / units : 0;
        }
        return out;
    }
}
