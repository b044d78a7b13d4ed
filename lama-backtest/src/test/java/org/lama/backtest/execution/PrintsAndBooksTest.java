package org.lama.backtest.execution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.order.OrderRequest.TimeInForce;
import org.lama.core.market.Side;
import org.lama.core.market.TradingRules;

class PrintsAndBooksTest {
    private static final long[] NOTHING = {};

    private Desk desk = new Desk(ExecutionSettings.DEFAULT, new FlatCost(0, 0.01));

    private void book(long at, long[] askTicks, long[] askLots) {
        desk.orders.matchBook(0, at, new long[] {90, 89}, new long[] {10, 10}, askTicks, askLots);
    }

    @Test
    void aLimitFillsWhenThePrintsGoThroughItUpToAShareOfTheirSize() {
        desk.submit(OrderRequest.limit(0, Side.BUY, 5, 95), 0, 100);
        desk.orders.matchTrade(0, 1, 96, 1000);
        desk.orders.matchTrade(0, 2, 95, 1000);
        desk.orders.matchTrade(0, 3, 94, 39);
        desk.orders.matchTrade(0, 4, 94, 9);
        desk.orders.matchTrade(0, 5, 90, 1000);
        assertThat(desk.log)
                .containsExactly(
                        "1 #1 ACKED ACCEPTED", "3 #1 PARTIAL 3 at 95 of 95 MAKER", "5 #1 FILLED 2 at 95 of 95 MAKER");
    }

    @Test
    void aTouchFillsIfTheSettingsSaySo() {
        desk = new Desk(
                ExecutionSettings.builder()
                        .touch(TouchRule.TOUCH)
                        .participation(1)
                        .build(),
                FlatCost.NONE);
        desk.submit(OrderRequest.limit(0, Side.SELL, 5, 105), 0, 100);
        desk.orders.matchTrade(0, 1, 105, 4);
        assertThat(desk.log).containsExactly("1 #1 ACKED ACCEPTED", "1 #1 PARTIAL -4 at 105 of 105 MAKER");
    }

    @Test
    void marketOrdersTakeAShareOfThePrintsWhereThereIsNoBook() {
        desk.submit(OrderRequest.market(0, Side.BUY, 5), 0, 100);
        desk.submit(OrderRequest.market(0, Side.SELL, 5).withTimeInForce(TimeInForce.IOC), 0, 100);
        desk.orders.matchTrade(0, 1, 200, 60);
        assertThat(desk.log)
                .containsExactly(
                        "1 #1 FILLED 5 at 202 of 200 TAKER",
                        "1 #2 PARTIAL -1 at 198 of 200 TAKER",
                        "1 #2 CANCELED TIME_IN_FORCE");
    }

    @Test
    void aTriggerWorksFromTheNextPrintOn() {
        desk.submit(OrderRequest.stop(0, Side.SELL, 5, 95), 0, 100);
        desk.submit(OrderRequest.trailingStop(0, Side.SELL, 5, 0.1), 0, 100);
        desk.orders.matchTrade(0, 1, 110, 1000);
        desk.orders.matchTrade(0, 2, 95, 1000);
        desk.orders.matchTrade(0, 3, 80, 1000);
        assertThat(desk.log)
                .endsWith(
                        "2 #1 ACKED TRIGGERED",
                        "2 #2 ACKED TRIGGERED",
                        "3 #1 FILLED -5 at 79 of 80 TAKER",
                        "3 #2 FILLED -5 at 79 of 80 TAKER");
    }

    @Test
    void withoutABookTheLastPrintTellsWhetherALimitWouldTake() {
        desk.orders.matchTrade(0, 1, 100, 1000);
        desk.submit(OrderRequest.limit(0, Side.BUY, 1, 103), 1, 100);
        desk.submit(OrderRequest.limit(0, Side.BUY, 1, 103).asPostOnly(), 1, 100);
        desk.submit(OrderRequest.limit(0, Side.BUY, 1, 99).asPostOnly(), 1, 100);
        desk.orders.matchTrade(0, 2, 98, 1000);
        assertThat(desk.log)
                .containsExactly(
                        "2 #1 FILLED 1 at 99 of 98 TAKER",
                        "2 #2 REJECTED WOULD_TAKE",
                        "2 #3 ACKED ACCEPTED",
                        "2 #3 FILLED 1 at 99 of 99 MAKER");
    }

    @Test
    void exitsWokenByAPrintWaitForTheNext() {
        desk = new Desk(ExecutionSettings.builder().participation(1).build(), FlatCost.NONE);
        desk.orders.submitBracket(
                OrderRequest.market(0, Side.BUY, 5),
                OrderRequest.limit(0, Side.SELL, 5, 99),
                OrderRequest.stop(0, Side.SELL, 5, 80),
                0,
                100);
        desk.orders.matchTrade(0, 1, 100, 100);
        assertThat(desk.position).isEqualTo(5);
        desk.orders.matchTrade(0, 2, 100, 100);
        assertThat(desk.log).endsWith("2 #2 FILLED -5 at 100 of 100 TAKER", "2 #3 CANCELED OTHER_SIDE");
    }

    @Test
    void marketOrdersWalkTheBookAndWaitWhereItEnds() {
        desk.submit(OrderRequest.market(0, Side.BUY, 8), 0, 100);
        desk.submit(OrderRequest.market(0, Side.BUY, 1), 0, 100);
        book(1, new long[] {100, 101, 0, 102}, new long[] {3, 4, 9, 9});
        assertThat(desk.log)
                .containsExactly("1 #1 PARTIAL 3 at 100 of 100 TAKER", "1 #1 PARTIAL 4 at 101 of 100 TAKER");
        book(2, new long[] {102}, new long[] {50});
        assertThat(desk.log).endsWith("2 #1 FILLED 1 at 102 of 102 TAKER", "2 #2 FILLED 1 at 102 of 102 TAKER");
    }

    @Test
    void anEmptyBookFillsNothing() {
        desk.submit(OrderRequest.market(0, Side.BUY, 8), 0, 100);
        desk.submit(OrderRequest.market(0, Side.BUY, 8).withTimeInForce(TimeInForce.IOC), 0, 100);
        desk.submit(OrderRequest.market(0, Side.BUY, 8).withTimeInForce(TimeInForce.FOK), 0, 100);
        desk.submit(OrderRequest.limit(0, Side.BUY, 8, 500).asPostOnly(), 0, 100);
        desk.submit(OrderRequest.stop(0, Side.BUY, 8, 1), 0, 100);
        book(1, NOTHING, NOTHING);
        book(2, new long[] {100, 101}, new long[] {0, 0});
        assertThat(desk.position).isZero();
        assertThat(desk.log)
                .containsExactly(
                        "1 #2 CANCELED TIME_IN_FORCE",
                        "1 #3 CANCELED TIME_IN_FORCE",
                        "1 #4 ACKED ACCEPTED",
                        "1 #5 ACKED ACCEPTED");
    }

    @Test
    void limitsTakeUpToTheirPriceAndRestWithWhatIsLeft() {
        desk.submit(OrderRequest.limit(0, Side.BUY, 8, 101), 0, 100);
        desk.submit(OrderRequest.limit(0, Side.BUY, 8, 101).asPostOnly(), 0, 100);
        book(1, new long[] {100, 101, 102}, new long[] {3, 2, 9});
        assertThat(desk.log)
                .containsExactly(
                        "1 #1 PARTIAL 3 at 100 of 100 TAKER",
                        "1 #1 PARTIAL 2 at 101 of 100 TAKER",
                        "1 #2 ACKED ACCEPTED");
        // the book is crossed: a tenth of what is offered below the limit
        book(2, new long[] {99, 101}, new long[] {20, 500});
        assertThat(desk.log).endsWith("2 #1 PARTIAL 2 at 101 of 101 MAKER", "2 #2 PARTIAL 1 at 101 of 101 MAKER");
    }

    @Test
    void postOnlyOrdersThatWouldTakeAreRefused() {
        desk.submit(OrderRequest.limit(0, Side.BUY, 8, 100).asPostOnly(), 0, 100);
        book(1, new long[] {100}, new long[] {3});
        assertThat(desk.log).containsExactly("1 #1 REJECTED WOULD_TAKE");
    }

    @Test
    void fillOrKillTakesTheWholeBookAtItsAveragePriceOrNothing() {
        desk.submit(OrderRequest.market(0, Side.BUY, 6).withTimeInForce(TimeInForce.FOK), 0, 100);
        desk.submit(OrderRequest.limit(0, Side.BUY, 2, 100).withTimeInForce(TimeInForce.FOK), 0, 100);
        desk.submit(OrderRequest.limit(0, Side.SELL, 12, 90).withTimeInForce(TimeInForce.FOK), 0, 100);
        desk.submit(OrderRequest.limit(0, Side.SELL, 12, 89).withTimeInForce(TimeInForce.FOK), 0, 100);
        book(1, new long[] {100, 101, 103}, new long[] {3, 2, 9});
        assertThat(desk.log)
                .containsExactly(
                        // (3 * 100 + 2 * 101 + 103) / 6 = 100.8
                        "1 #1 FILLED 6 at 101 of 100 TAKER",
                        "1 #2 CANCELED TIME_IN_FORCE",
                        "1 #3 CANCELED TIME_IN_FORCE",
                        "1 #4 FILLED -12 at 89 of 90 TAKER");
    }

    @Test
    void triggersLookAtThePriceAtWhichTheOrderCouldTrade() {
        desk.submit(OrderRequest.stop(0, Side.BUY, 2, 101), 0, 100);
        desk.submit(OrderRequest.stop(0, Side.SELL, 2, 90), 0, 100);
        desk.submit(OrderRequest.trailingStop(0, Side.BUY, 2, 0.05), 0, 0);
        book(1, new long[] {100}, new long[] {30});
        assertThat(desk.log).contains("1 #2 FILLED -2 at 90 of 90 TAKER").noneMatch(line -> line.contains("#1 FILLED"));
        book(2, new long[] {101}, new long[] {30});
        assertThat(desk.log).endsWith("2 #1 ACKED TRIGGERED", "2 #1 FILLED 2 at 101 of 101 TAKER");
        book(3, new long[] {105}, new long[] {30});
        assertThat(desk.log).endsWith("3 #3 ACKED TRIGGERED", "3 #3 FILLED 2 at 105 of 105 TAKER");
    }

    @Test
    void withABookPrintsFillWhatRestsAndNothingElse() {
        book(0, new long[] {100}, new long[] {30});
        desk.submit(OrderRequest.market(0, Side.BUY, 2), 0, 100);
        desk.submit(OrderRequest.limit(0, Side.BUY, 2, 95), 0, 100);
        desk.orders.matchTrade(0, 1, 90, 1000);
        assertThat(desk.log).isEmpty();
        book(2, new long[] {100}, new long[] {30});
        desk.orders.matchTrade(0, 3, 90, 1000);
        assertThat(desk.log)
                .containsExactly(
                        "2 #1 FILLED 2 at 100 of 100 TAKER", "2 #2 ACKED ACCEPTED", "3 #2 FILLED 2 at 95 of 95 MAKER");
    }

    @Test
    void partsOfAFillKeepToTheVenuesStep() {
        desk = new Desk(
                ExecutionSettings.builder().participation(1).build(),
                FlatCost.NONE,
                new TradingRules(0, 5, 0, 1000, 0));
        desk.submit(OrderRequest.limit(0, Side.BUY, 20, 95), 0, 100);
        desk.orders.matchTrade(0, 1, 94, 14);
        assertThat(desk.position).isEqualTo(10);
    }
}
