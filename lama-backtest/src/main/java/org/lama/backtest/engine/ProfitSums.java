package org.lama.backtest.engine;

import org.lama.backtest.ledger.Ledger;

/** Where the profit of several accounts came from, in money units of the reporting currency. */
final class ProfitSums {
    long change;
    /** Price profit with slippage. */
    long priced;

    long slippage;
    /** A part of it. */
    long haircut;

    long fees;
    long funding;

    void add(Account account, int symbols) {
        Ledger ledger = account.ledger;
        change = Math.addExact(change, ledger.equityUnits() - account.capitalUnits);
        slippage = Math.addExact(slippage, ledger.slippageUnits());
        haircut = Math.addExact(haircut, account.haircutUnits);
        fees = Math.addExact(fees, ledger.feeUnits());
        funding = Math.addExact(funding, ledger.fundingUnits());
        for (int s = 0; s < symbols; s++) {
            long units = Math.addExact(ledger.realisedUnits(s), ledger.unrealisedUnits(s));
            priced = Math.addExact(priced, ledger.reportedUnits(s, units));
        }
    }

    /** What is none of price, fees and funding. */
    long rest() {
        return change - (priced - fees - funding);
    }
}
