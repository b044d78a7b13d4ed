package org.lama.backtest.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.order.OrderEvent.Reason;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.order.OrderRequest.TimeInForce;
import org.lama.backtest.order.OrderState;
import org.lama.core.market.Side;
import org.lama.core.market.TradingRules;

class WorkingOrdersTest {
    private static final ExecutionSettings DEFAULT = ExecutionSettings.DEFAULT;
    private static final FlatCost COST = new FlatCost(0, 0.01);

    private Desk desk = new Desk(DEFAULT, FlatCost.NONE);

    private static OrderRequest buyLimit(double quantity, double price) {
        return OrderRequest.limit(0, Side.BUY, quantity, price);
    }

    private static OrderRequest sellLimit(double quantity, double price) {
        return OrderRequest.limit(0, Side.SELL, quantity, price);
    }

    private static OrderRequest sellStop(double quantity, double price) {
        return OrderRequest.stop(0, Side.SELL, quantity, price);
    }

    private static OrderRequest takeProfitLimit(Side side, double quantity, double trigger, double limit) {
        return new OrderRequest(
                0,
                side,
                OrderRequest.Type.TAKE_PROFIT_LIMIT,
                quantity,
                limit,
                trigger,
                Double.NaN,
                TimeInForce.GTC,
                Long.MAX_VALUE,
                false,
                false,
                "");
    }

    @Test
    void marketOrdersFillAtTheNextOpenMovedAgainstUs() {
        desk = new Desk(DEFAULT, COST);
        desk.submit(OrderRequest.market(0, Side.BUY, 5), 0, 100);
        desk.submit(OrderRequest.market(0, Side.SELL, 2), 0, 100);
        desk.bar(0, 200, 210, 190, 205);
        assertThat(desk.log).containsExactly("0 #2 FILLED -2 at 198 of 200 TAKER", "0 #1 FILLED 5 at 202 of 200 TAKER");
        assertThat(desk.orders.isEmpty()).isTrue();
        assertThat(desk.orders.isEmpty(0)).isTrue();
    }

    @Test
    void marketOrdersFillAtTheNextCloseIfAskedTo() {
        desk = new Desk(DEFAULT.withTiming(FillTiming.NEXT_CLOSE), FlatCost.NONE);
        desk.submit(OrderRequest.market(0, Side.BUY, 5), 500, 100);
        desk.bar(0, 200, 210, 190, 205);
        assertThat(desk.log).as("it arrived after the open").isEmpty();
        desk.bar(1000, 205, 220, 200, 215);
        assertThat(desk.log).containsExactly("2000 #1 FILLED 5 at 215 of 215 TAKER");
    }

    @Test
    void closeWithLatencyReadsThePriceOffTheBarInWhichTheOrderArrives() {
        for (IntrabarPath path : IntrabarPath.values()) {
            desk = new Desk(
                    ExecutionSettings.builder()
                            .timing(FillTiming.CLOSE_WITH_LATENCY)
                            .latency(Duration.ofNanos(500))
                            .path(path)
                            .build(),
                    FlatCost.NONE);
            desk.submit(OrderRequest.market(0, Side.BUY, 5), 0, 100);
            desk.bar(0, 200, 240, 190, 205);
            // half way: to the high, to the low, and the middle of the second leg of three
            long price = switch (path) {
                case PESSIMISTIC -> 220;
                case OPTIMISTIC -> 195;
                default -> 215;
            };
            assertThat(desk.log)
                    .as("%s", path)
                    .containsExactly("500 #1 FILLED 5 at " + price + " of " + price + " TAKER");
        }
    }

    @Test
    void latencyLetsNextOpenOrdersMissTheBarTheyArriveIn() {
        desk = new Desk(ExecutionSettings.builder().latency(Duration.ofNanos(1)).build(), FlatCost.NONE);
        desk.submit(OrderRequest.market(0, Side.BUY, 5), 0, 100);
        desk.bar(0, 200, 240, 190, 205);
        assertThat(desk.log).isEmpty();
        desk.bar(1000, 206, 240, 190, 205);
        assertThat(desk.log).containsExactly("1000 #1 FILLED 5 at 206 of 206 TAKER");
    }

    @Test
    void aTouchIsNoFillUnlessTheSettingsSaySo() {
        for (TouchRule touch : TouchRule.values()) {
            desk = new Desk(DEFAULT.withTouch(touch), COST);
            desk.submit(buyLimit(5, 95), 0, 100);
            desk.bar(0, 100, 101, 95, 99);
            boolean fills = touch == TouchRule.TOUCH;
            assertThat(desk.position).as("%s", touch).isEqualTo(fills ? 5 : 0);
            desk.bar(1000, 99, 101, 94, 99);
            assertThat(desk.log).as("%s", touch).contains((fills ? "1000" : "2000") + " #1 FILLED 5 at 95 of 95 MAKER");
        }
    }

    @Test
    void aLimitBetterThanTheOpenTakesAtTheOpenWhenItComesAndIsMetAtItsLimitWhenItRests() {
        desk = new Desk(DEFAULT, COST);
        desk.submit(buyLimit(5, 205), 0, 100);
        desk.submit(buyLimit(5, 201), 0, 100);
        desk.submit(buyLimit(5, 180), 0, 100);
        desk.bar(0, 200, 210, 190, 195);
        assertThat(desk.log)
                .containsExactly(
                        "0 #1 FILLED 5 at 202 of 200 TAKER",
                        "0 #2 FILLED 5 at 201 of 200 TAKER",
                        "0 #3 ACKED ACCEPTED");
        desk.bar(1000, 170, 175, 165, 170);
        assertThat(desk.log).endsWith("1000 #3 FILLED 5 at 180 of 180 MAKER");
    }

    @Test
    void postOnlyOrdersAreRefusedRatherThanTake() {
        desk.submit(buyLimit(5, 205).asPostOnly(), 0, 100);
        desk.submit(buyLimit(5, 195).asPostOnly(), 0, 100);
        desk.bar(0, 200, 210, 190, 195);
        assertThat(desk.log)
                .containsExactly(
                        "0 #1 REJECTED WOULD_TAKE", "0 #2 ACKED ACCEPTED", "1000 #2 FILLED 5 at 195 of 195 MAKER");
    }

    @Test
    void stopsFillAtTheirTriggerOrWhereTheMarketJumpsOverIt() {
        desk = new Desk(DEFAULT, COST);
        desk.submit(sellStop(5, 90), 0, 100);
        desk.submit(sellStop(5, 70), 0, 100);
        desk.submit(OrderRequest.stop(0, Side.BUY, 1, 110), 0, 100);
        desk.bar(0, 100, 120, 80, 100);
        assertThat(desk.log)
                .contains(
                        "1000 #1 ACKED TRIGGERED",
                        "1000 #1 FILLED -5 at 89 of 90 TAKER",
                        "1000 #3 FILLED 1 at 112 of 110 TAKER");
        desk.bar(1000, 60, 65, 55, 60);
        assertThat(desk.log).endsWith("1000 #2 ACKED TRIGGERED", "1000 #2 FILLED -5 at 59 of 60 TAKER");
    }

    @Test
    void stopLimitsBecomeLimitsThatWaitForThePriceToComeBack() {
        desk.submit(OrderRequest.stopLimit(0, Side.SELL, 5, 90, 95), 0, 100);
        desk.bar(0, 100, 101, 89, 92);
        assertThat(desk.log).containsExactly("0 #1 ACKED ACCEPTED", "1000 #1 ACKED TRIGGERED");
        desk.bar(1000, 92, 96, 91, 92);
        assertThat(desk.log).endsWith("2000 #1 FILLED -5 at 95 of 95 MAKER");
    }

    @Test
    void aStopLimitWhosePriceComesBackForSureFillsInTheSameBar() {
        desk.submit(OrderRequest.stopLimit(0, Side.SELL, 5, 90, 95), 0, 100);
        desk.bar(0, 100, 101, 89, 97);
        assertThat(desk.log).endsWith("1000 #1 FILLED -5 at 95 of 95 MAKER");
    }

    @Test
    void takeProfitsTriggerAtATouchAndPaySlippage() {
        desk = new Desk(DEFAULT, COST);
        desk.submit(OrderRequest.takeProfit(0, Side.SELL, 5, 200), 0, 100);
        desk.submit(takeProfitLimit(Side.SELL, 5, 200, 199), 0, 100);
        desk.submit(takeProfitLimit(Side.SELL, 5, 200, 230), 0, 100);
        desk.bar(0, 190, 200, 180, 190);
        assertThat(desk.log)
                .contains("1000 #1 FILLED -5 at 198 of 200 TAKER", "1000 #2 FILLED -5 at 199 of 200 TAKER")
                .contains("1000 #3 ACKED TRIGGERED");
        desk.bar(1000, 240, 241, 238, 240);
        assertThat(desk.log).endsWith("1000 #3 FILLED -5 at 230 of 230 MAKER");
    }

    @Test
    void trailingStopsFollowTheBestPriceAndNeverGoBack() {
        desk.submit(OrderRequest.trailingStop(0, Side.SELL, 5, 0.1), 0, 100);
        desk.bar(0, 100, 105, 98, 105);
        desk.bar(1000, 112, 130, 112, 125);
        // from 112 to 130 and then below 117: the worst order of prices
        assertThat(desk.log).endsWith("2000 #1 FILLED -5 at 117 of 117 TAKER");
        assertThat(desk.orders.ambiguousBars()).isEqualTo(1);
    }

    @Test
    void trailingStopsOfPurchasesMirrorThoseOfSales() {
        desk.submit(OrderRequest.trailingStop(0, Side.BUY, 5, 0.1), 0, 100);
        desk.bar(0, 100, 101, 93, 93);
        desk.bar(1000, 80, 87, 80, 80);
        assertThat(desk.orders.ambiguousBars()).isZero();
        desk.bar(2000, 80, 89, 80, 88);
        assertThat(desk.log).endsWith("3000 #1 FILLED 5 at 88 of 88 TAKER");
    }

    @Test
    void immediateOrCancelEndsWhatABarsVolumeLeaves() {
        desk = new Desk(ExecutionSettings.builder().barParticipation(0.1).build(), FlatCost.NONE);
        desk.submit(OrderRequest.market(0, Side.BUY, 5).withTimeInForce(TimeInForce.IOC), 0, 100);
        desk.submit(OrderRequest.market(0, Side.BUY, 5), 0, 100);
        desk.bar(0, 100, 101, 99, 100, 39);
        assertThat(desk.log).containsExactly("0 #1 PARTIAL 3 at 100 of 100 TAKER", "0 #1 CANCELED TIME_IN_FORCE");
        desk.bar(1000, 100, 101, 99, 100, -1);
        assertThat(desk.log).as("an unknown volume fills nothing").hasSize(2);
        desk.bar(2000, 100, 101, 99, 100, 39);
        desk.bar(3000, 100, 101, 99, 100, 39);
        assertThat(desk.log).endsWith("2000 #2 PARTIAL 3 at 100 of 100 TAKER", "3000 #2 FILLED 2 at 100 of 100 TAKER");
    }

    @Test
    void fillOrKillIsAllOrNothing() {
        desk = new Desk(ExecutionSettings.builder().barParticipation(0.1).build(), FlatCost.NONE);
        desk.submit(OrderRequest.market(0, Side.BUY, 5).withTimeInForce(TimeInForce.FOK), 0, 100);
        desk.submit(buyLimit(3, 100).withTimeInForce(TimeInForce.FOK), 0, 100);
        desk.submit(buyLimit(1, 99).withTimeInForce(TimeInForce.FOK), 0, 100);
        desk.bar(0, 100, 101, 90, 100, 40);
        assertThat(desk.log)
                .containsExactly(
                        "0 #1 CANCELED TIME_IN_FORCE",
                        "0 #2 FILLED 3 at 100 of 100 TAKER",
                        "0 #3 CANCELED TIME_IN_FORCE");
    }

    @Test
    void ordersGoodTillATimeFillInNoBarThatClosesAfterIt() {
        desk.submit(buyLimit(5, 95).goodTill(1500), 0, 100);
        desk.bar(0, 100, 101, 99, 100);
        desk.bar(1000, 100, 101, 80, 100);
        desk.bar(2000, 100, 101, 80, 100);
        assertThat(desk.log).containsExactly("0 #1 ACKED ACCEPTED", "2000 #1 EXPIRED TIME_IN_FORCE");
    }

    @Test
    void reduceOnlyOrdersAreCutToThePositionAndThenEnd() {
        desk.position = 3;
        desk.submit(sellStop(5, 90).asReduceOnly(), 0, 100);
        desk.bar(0, 100, 101, 80, 100);
        assertThat(desk.log).endsWith("1000 #1 PARTIAL -3 at 90 of 90 TAKER", "1000 #1 CANCELED WOULD_ENLARGE");
        desk.submit(OrderRequest.market(0, Side.SELL, 5).asReduceOnly(), 1000, 100);
        desk.bar(1000, 100, 101, 80, 100);
        assertThat(desk.log).endsWith("1000 #2 REJECTED WOULD_ENLARGE");
        assertThat(desk.position).isZero();
    }

    @Test
    void whatCashDoesNotAllowEndsTheOrder() {
        desk.allowance = 2;
        desk.submit(OrderRequest.market(0, Side.BUY, 5), 0, 100);
        desk.bar(0, 100, 101, 99, 100);
        desk.allowance = 0;
        desk.submit(OrderRequest.market(0, Side.BUY, 5), 1000, 100);
        desk.submit(OrderRequest.market(0, Side.BUY, 5).withTimeInForce(TimeInForce.FOK), 1000, 100);
        desk.bar(1000, 100, 101, 99, 100);
        assertThat(desk.log)
                .containsExactly(
                        "0 #1 PARTIAL 2 at 100 of 100 TAKER",
                        "0 #1 CANCELED NO_CASH",
                        "1000 #2 REJECTED NO_CASH",
                        "1000 #3 REJECTED NO_CASH");
    }

    @Test
    void cancellationsTravelAsLongAsOrders() {
        desk = new Desk(
                ExecutionSettings.builder().latency(Duration.ofNanos(500)).build(), FlatCost.NONE);
        long first = desk.submit(buyLimit(5, 95), 0, 100);
        long second = desk.submit(buyLimit(5, 85), 500, 100);
        desk.bar(1000, 100, 101, 99, 100);
        assertThat(desk.orders.cancel(first, 1600)).isTrue();
        assertThat(desk.orders.cancel(second, 1600)).isTrue();
        assertThat(desk.orders.state(second)).isEqualTo(OrderState.PENDING_CANCEL);
        desk.bar(2000, 100, 101, 90, 100);
        desk.bar(3000, 100, 101, 80, 100);
        assertThat(desk.log)
                .endsWith(
                        "1600 #1 PENDING_CANCEL ASKED",
                        "1600 #2 PENDING_CANCEL ASKED",
                        "3000 #1 FILLED 5 at 95 of 95 MAKER",
                        "3000 #2 CANCELED ASKED");
        assertThat(desk.orders.cancel(first, 4000)).as("it has ended").isFalse();
        assertThat(desk.orders.state(first)).isEqualTo(OrderState.NOT_FOUND);
    }

    @Test
    void anOrderCancelledOnItsWayNeverWorks() {
        desk = new Desk(
                ExecutionSettings.builder().latency(Duration.ofNanos(500)).build(), FlatCost.NONE);
        long order = desk.submit(buyLimit(5, 195), 0, 100);
        desk.orders.cancel(order, 100);
        desk.bar(1000, 100, 101, 90, 100);
        assertThat(desk.log).containsExactly("1000 #1 CANCELED ASKED");
    }

    @Test
    void ofAPairTheFillOfOneIsTakenOffTheOther() {
        desk = new Desk(ExecutionSettings.builder().barParticipation(0.1).build(), FlatCost.NONE);
        desk.position = 10;
        long first = desk.orders.submitOneCancelsOther(sellLimit(10, 110), sellStop(10, 90), 0, 100);
        assertThat(desk.orders.pendingLots(0, Side.SELL)).isEqualTo(10);
        desk.bar(0, 100, 112, 95, 105, 40);
        assertThat(desk.orders.openLots(first)).isEqualTo(-6);
        assertThat(desk.orders.openLots(first + 1)).isEqualTo(-6);
        desk.bar(1000, 105, 106, 80, 85, 1000);
        assertThat(desk.log)
                .endsWith(
                        "1000 #1 PARTIAL -4 at 110 of 110 MAKER",
                        "2000 #2 ACKED TRIGGERED",
                        "2000 #2 FILLED -6 at 90 of 90 TAKER",
                        "2000 #1 CANCELED OTHER_SIDE");
        assertThat(desk.position).isZero();
    }

    @Test
    void cancellingOneOfAPairEndsBoth() {
        long first = desk.orders.submitOneCancelsOther(sellLimit(10, 110), sellStop(10, 90), 0, 100);
        desk.orders.cancel(first + 1, 0);
        assertThat(desk.log).containsExactly("0 #2 CANCELED ASKED", "0 #1 CANCELED OTHER_SIDE");
        assertThat(desk.orders.isEmpty()).isTrue();
    }

    @Test
    void exitsOfABracketWakeAsFarAsTheEntryFills() {
        desk = new Desk(ExecutionSettings.builder().barParticipation(0.1).build(), FlatCost.NONE);
        long entry = desk.orders.submitBracket(buyLimit(10, 100), sellLimit(10, 120), sellStop(10, 90), 0, 100);
        assertThat(desk.orders.size(0)).isEqualTo(3);
        assertThat(desk.orders.openLots(entry + 1)).isZero();
        desk.bar(0, 100, 105, 99, 104, 40);
        assertThat(desk.orders.openLots(entry)).isEqualTo(6);
        assertThat(desk.orders.openLots(entry + 1)).isEqualTo(-4);
        assertThat(desk.orders.openLots(entry + 2)).isEqualTo(-4);
        // the profit takes all that there is while the entry still waits for more
        desk.bar(1000, 104, 125, 101, 121, 1000);
        assertThat(desk.position).isZero();
        assertThat(desk.orders.state(entry + 1)).isEqualTo(OrderState.PARTIAL);
        desk.bar(2000, 121, 122, 95, 96, 1000);
        assertThat(desk.position).isEqualTo(6);
        desk.bar(3000, 96, 97, 85, 86, 1000);
        assertThat(desk.position).isZero();
        assertThat(desk.log).endsWith("4000 #3 FILLED -6 at 90 of 90 TAKER", "4000 #2 CANCELED OTHER_SIDE");
    }

    @Test
    void exitsEndWithAnEntryThatNeverFills() {
        long entry = desk.orders.submitBracket(buyLimit(10, 90), sellLimit(10, 120), sellStop(10, 80), 0, 100);
        desk.bar(0, 100, 105, 99, 104);
        desk.orders.cancel(entry, 1000);
        assertThat(desk.log)
                .containsExactly(
                        "0 #1 ACKED ACCEPTED",
                        "1000 #1 CANCELED ASKED",
                        "1000 #2 CANCELED OTHER_SIDE",
                        "1000 #3 CANCELED OTHER_SIDE");
    }

    @Test
    void exitsStayWithAnEntryThatEndsHalfFilled() {
        desk = new Desk(ExecutionSettings.builder().barParticipation(0.1).build(), FlatCost.NONE);
        long entry = desk.orders.submitBracket(buyLimit(10, 100), sellLimit(10, 120), sellStop(10, 90), 0, 100);
        desk.bar(0, 100, 105, 99, 104, 40);
        desk.orders.cancel(entry, 1000);
        desk.bar(1000, 104, 125, 101, 121, 1000);
        assertThat(desk.log).endsWith("2000 #2 FILLED -4 at 120 of 120 MAKER", "2000 #3 CANCELED OTHER_SIDE");
    }

    @Test
    void aGroupOfWhichTheVenueRefusesOneIsRefusedWhole() {
        TradingRules rules = new TradingRules(0, 0, 5, 100, 0);
        desk = new Desk(DEFAULT, FlatCost.NONE, rules);
        desk.orders.submitBracket(buyLimit(10, 90), sellLimit(10, 120), sellStop(4, 80), 0, 100);
        desk.orders.submitOneCancelsOther(sellLimit(200, 120), sellStop(10, 80), 0, 100);
        assertThat(desk.log)
                .containsExactly(
                        "0 #1 REJECTED OTHER_SIDE",
                        "0 #2 REJECTED OTHER_SIDE",
                        "0 #3 REJECTED TOO_SMALL",
                        "0 #4 REJECTED TOO_LARGE",
                        "0 #5 REJECTED OTHER_SIDE");
        assertThat(desk.orders.isEmpty()).isTrue();
    }

    @Test
    void targetsAreMarketOrdersInLots() {
        desk = new Desk(DEFAULT, FlatCost.NONE, new TradingRules(0, 5, 0, 100, 0));
        long buy = desk.orders.submitMarket(0, 14, 0, 100, false);
        long sell = desk.orders.submitMarket(0, -3, 0, 100, false);
        assertThat(desk.orders.openLots(buy)).isEqualTo(10);
        assertThat(desk.state(sell)).isEqualTo(OrderState.REJECTED);
        desk.bar(0, 100, 101, 99, 100);
        desk.orders.submitMarket(0, -50, 1000, 100, true);
        desk.bar(1000, 100, 101, 99, 100);
        assertThat(desk.position).isZero();
    }

    @Test
    void theOwnerMayRefuseAndEndOrders() {
        assertThat(desk.orders.refuse(0, 7, Reason.WARM_UP)).isEqualTo(1);
        desk.submit(buyLimit(5, 90), 7, 100);
        desk.orders.endAll(0, 8, Reason.HALTED);
        desk.submit(buyLimit(5, 90), 10, 100);
        desk.bar(1000, 100, 101, 99, 100);
        desk.orders.endOfRun(2000);
        assertThat(desk.log)
                .containsExactly(
                        "7 #1 REJECTED WARM_UP",
                        "8 #2 REJECTED HALTED",
                        "1000 #3 ACKED ACCEPTED",
                        "2000 #3 CANCELED END_OF_RUN");
    }

    @Test
    void missingPricesFillNothing() {
        desk.submit(OrderRequest.market(0, Side.BUY, 5), 0, 100);
        desk.submit(buyLimit(5, 500), 0, 100);
        desk.bar(0, 0, 100, 90, 95);
        desk.bar(1000, -1, -1, -1, -1);
        assertThat(desk.log).isEmpty();
        desk.bar(2000, 100, 0, 0, 0);
        assertThat(desk.position).isEqualTo(10);
    }

    @Test
    void theWorstPathTakesTheStopAndTheBestTheProfitAndTheBarIsCounted() {
        long[] worth = new long[IntrabarPath.values().length];
        for (IntrabarPath path : IntrabarPath.values()) {
            desk = new Desk(DEFAULT.withPath(path), FlatCost.NONE);
            OrderRequest entry = OrderRequest.market(0, Side.BUY, 1);
            desk.orders.submitBracket(entry, sellLimit(1, 110), sellStop(1, 90), 0, 100);
            desk.bar(0, 100, 101, 99, 100);
            assertThat(desk.orders.ambiguousBars()).isZero();
            desk.bar(1000, 100, 112, 89, 100);
            assertThat(desk.orders.ambiguousBars()).as("%s", path).isEqualTo(1);
            assertThat(desk.position).isZero();
            worth[path.ordinal()] = desk.worth(0);
        }
        // pessimistic, optimistic, high first, low first, nearest (the low) first
        assertThat(worth).containsExactly(-10, 10, 10, -10, -10);
    }

    @Test
    void anExitInTheBarOfItsEntryFillsOnThePessimisticPathOnlyIfThePricesLeaveNoOtherWay() {
        // the profit may have been passed before the entry
        assertThat(entryBar(IntrabarPath.PESSIMISTIC, buyLimit(1, 95), 100, 112, 94, 100))
                .isEqualTo(1);
        assertThat(entryBar(IntrabarPath.OPTIMISTIC, buyLimit(1, 95), 100, 112, 94, 100))
                .isZero();
        // the close lies beyond it
        assertThat(entryBar(IntrabarPath.PESSIMISTIC, buyLimit(1, 95), 100, 112, 94, 111))
                .isZero();
        // a breakout has the high still before it
        OrderRequest breakout = OrderRequest.stop(0, Side.BUY, 1, 105);
        assertThat(entryBar(IntrabarPath.PESSIMISTIC, breakout, 100, 112, 94, 104))
                .isZero();
        assertThat(desk.worth(0)).isEqualTo(5);
        assertThat(desk.orders.ambiguousBars()).isZero();
        // and may turn to the stop before it
        assertThat(entryBar(IntrabarPath.PESSIMISTIC, breakout, 100, 112, 85, 104))
                .isZero();
        assertThat(desk.worth(0)).isEqualTo(-15);
        assertThat(desk.orders.ambiguousBars()).isEqualTo(1);
        assertThat(entryBar(IntrabarPath.OPTIMISTIC, breakout, 100, 108, 85, 104))
                .isEqualTo(1);
        // an entry from above falls on to its stop for sure
        assertThat(entryBar(IntrabarPath.OPTIMISTIC, buyLimit(1, 95), 100, 101, 85, 100))
                .isZero();
        assertThat(desk.worth(0)).isEqualTo(-5);
    }

    private long entryBar(IntrabarPath path, OrderRequest entry, long open, long high, long low, long close) {
        desk = new Desk(DEFAULT.withPath(path), FlatCost.NONE);
        desk.orders.submitBracket(entry, sellLimit(1, 110), sellStop(1, 90), 0, 100);
        desk.bar(0, open, high, low, close);
        return desk.position;
    }

    @Test
    void looseReduceOnlyExitsAreTakenForRivalsToo() {
        desk.position = 5;
        desk.submit(sellStop(5, 90).asReduceOnly(), 0, 100);
        desk.submit(sellLimit(5, 110).asReduceOnly(), 0, 100);
        desk.bar(0, 100, 112, 89, 100);
        assertThat(desk.orders.ambiguousBars()).isEqualTo(1);
        assertThat(desk.log).endsWith("1000 #1 FILLED -5 at 90 of 90 TAKER", "1000 #2 CANCELED WOULD_ENLARGE");
    }

    @Test
    void wrongGroupsAreErrorsOfTheCaller() {
        assertThatThrownBy(() -> desk.orders.submitOneCancelsOther(
                        OrderRequest.market(0, Side.SELL, 1), sellStop(1, 90), 0, 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("first must be an order that can rest, got MARKET GTC");
        assertThatThrownBy(() -> desk.orders.submitBracket(buyLimit(1, 100), sellStop(1, 90), sellStop(1, 80), 0, 100))
                .hasMessage("takeProfit must be LIMIT, TAKE_PROFIT or TAKE_PROFIT_LIMIT, got STOP");
        assertThatThrownBy(
                        () -> desk.orders.submitBracket(buyLimit(1, 100), sellLimit(1, 110), sellLimit(1, 80), 0, 100))
                .hasMessage("stopLoss must be STOP, STOP_LIMIT or TRAILING_STOP, got LIMIT");
        assertThatThrownBy(() -> desk.orders.submitBracket(buyLimit(1, 100), buyLimit(1, 110), sellStop(1, 80), 0, 100))
                .hasMessage("takeProfit and stopLoss must be of the other side than the entry, BUY");
        assertThatThrownBy(() -> desk.submit(OrderRequest.market(7, Side.BUY, 1), 0, 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("instrument");
        assertThat(desk.submit(buyLimit(1, 100), 0, 100))
                .as("the orders still work")
                .isPositive();
    }
}
