package org.lama.backtest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lama.backtest.cost.FeeSchedule;
import org.lama.backtest.matching.FillRules;
import org.lama.backtest.matching.OrderLatency;
import org.lama.backtest.matching.QueueModel;
import org.lama.backtest.order.OrderEvent;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.order.OrderRequest.TimeInForce;
import org.lama.backtest.strategy.Context;
import org.lama.core.book.BookEvents;
import org.lama.core.market.Side;

/** Requests and fills that meet on their way: the venue's order of things decides, and we hear of it in that order. */
class ReplayRaceTest {
    private static final byte SELL = BookEvents.SELL;
    private static final byte BID = BookEvents.BID;
    private final ReplayScript script = new ReplayScript().start();

    private void quote(Context context, double quantity, double price) {
        script.order = context.quote(0, Side.BUY, quantity, price);
    }

    /** 1.0 units to buy inside of the spread, at the venue from 110 on. */
    private void quoteAt100() {
        script.at(100, context -> quote(context, 1, 50.5));
    }

    @Test
    void aFillAtTheMomentInWhichTheCancelArrivesCameFirst() {
        quoteAt100();
        script.at(130, context -> context.cancel(script.order));
        script.row(140, SELL, 101, 10).row(300, BID, 90, 1);
        MarketResult result = script.run();
        assertThat(script.heard).containsExactly("120 ACKED ACCEPTED", "150 FILLED 10 at 101");
        assertThat(result.lateCancels()).isOne();
        assertThat(result.position()).isEqualTo(1);
    }

    @Test
    void aFillOneNanosecondLaterComesTooLate() {
        quoteAt100();
        script.at(130, context -> context.cancel(script.order));
        script.row(141, SELL, 101, 10).row(300, BID, 90, 1);
        MarketResult result = script.run();
        assertThat(script.heard).containsExactly("120 ACKED ACCEPTED", "150 CANCELED ASKED");
        assertThat(result.lateCancels()).isZero();
        assertThat(result.position()).isZero();
    }

    @Test
    void aPartThatFillsBeforeTheCancelArrivesIsHeardOfBeforeTheCancel() {
        quoteAt100();
        script.at(130, context -> context.cancel(script.order));
        script.row(135, SELL, 101, 4).row(300, BID, 90, 1);
        MarketResult result = script.run();
        assertThat(script.heard).containsExactly("120 ACKED ACCEPTED", "145 PARTIAL 4 at 101", "150 CANCELED ASKED");
        assertThat(result.cancelled()).isOne();
        assertThat(result.position()).isCloseTo(0.4, within(1e-12));
    }

    @Test
    void anOrderThatFilledInPartsCanStillBeCancelled() {
        quoteAt100();
        script.row(135, SELL, 101, 4).row(155, SELL, 101, 1).row(300, BID, 90, 1);
        script.at(150, context -> context.cancel(script.order));
        assertThat(script.run().trades()).isEqualTo(2);
        assertThat(script.heard)
                .containsExactly(
                        "120 ACKED ACCEPTED", "145 PARTIAL 4 at 101", "165 PARTIAL 1 at 101", "170 CANCELED ASKED");
    }

    @Test
    void aChangeThatComesAfterTheFillChangesNothing() {
        quoteAt100();
        script.at(130, context -> context.amend(script.order, 2, 50));
        script.row(135, SELL, 101, 10).row(300, SELL, 99, 50);
        MarketResult result = script.run();
        assertThat(script.heard).containsExactly("120 ACKED ACCEPTED", "145 FILLED 10 at 101");
        assertThat(result.position()).isEqualTo(1);
        assertThat(result.lateCancels()).isZero();
    }

    @Test
    void aChangeToLessThanWhatFillsOnItsWayEndsTheOrder() {
        quoteAt100();
        script.at(130, context -> context.amend(script.order, 0.3, 50.5));
        script.row(135, SELL, 101, 4).row(300, SELL, 99, 50);
        MarketResult result = script.run();
        assertThat(script.heard).containsExactly("120 ACKED ACCEPTED", "145 PARTIAL 4 at 101", "150 CANCELED ASKED");
        assertThat(result.position()).isCloseTo(0.4, within(1e-12));
    }

    @Test
    void aChangedOrderFillsAtItsNewPriceAndSize() {
        quoteAt100();
        script.at(130, context -> context.amend(script.order, 1.5, 50));
        script.row(135, SELL, 101, 4)
                .row(150, SELL, 100, 25)
                .row(160, SELL, 100, 50)
                .row(300, BID, 90, 1);
        MarketResult result = script.run();
        assertThat(script.heard)
                .as("behind the 20 that stand at its new price")
                .containsExactly(
                        "120 ACKED ACCEPTED",
                        "145 PARTIAL 4 at 101",
                        "150 PARTIAL ASKED",
                        "160 PARTIAL 5 at 100",
                        "170 FILLED 6 at 100");
        assertThat(result.position()).isCloseTo(1.5, within(1e-12));
        assertThat(result.balance()).isCloseTo(-0.4 * 50.5 - 1.1 * 50, within(1e-9));
    }

    @Test
    void anOrderMadeSmallerKeepsItsPlaceAndOneMadeLargerLosesIt() {
        script.with(FillRules.whole());
        script.at(100, context -> quote(context, 1, 50));
        script.at(130, context -> context.amend(script.order, 0.5, 50));
        script.row(125, BID, 100, 60).row(150, SELL, 100, 21).row(300, BID, 90, 1);
        assertThat(script.run().position()).isEqualTo(0.5);
        assertThat(script.heard).containsExactly("120 ACKED ACCEPTED", "150 ACKED ASKED", "160 FILLED 5 at 100");
        ReplayScript larger = new ReplayScript().start().with(FillRules.whole());
        larger.at(100, context -> larger.order = context.quote(0, Side.BUY, 1, 50));
        larger.at(130, context -> context.amend(larger.order, 2, 50));
        larger.row(125, BID, 100, 60).row(150, SELL, 100, 21).row(300, BID, 90, 1);
        assertThat(larger.run().position()).isZero();
        assertThat(larger.heard).containsExactly("120 ACKED ACCEPTED", "150 ACKED ASKED");
    }

    @Test
    void aPostOnlyOrderThatIsMovedIntoTheMarketEnds() {
        quoteAt100();
        script.at(130, context -> context.amend(script.order, 1, 51));
        script.row(300, BID, 90, 1);
        MarketResult result = script.run();
        assertThat(script.heard).containsExactly("120 ACKED ACCEPTED", "150 CANCELED WOULD_TAKE");
        assertThat(result.refused()).isOne();
        assertThat(result.trades()).isZero();
    }

    @Test
    void aMarketThatMovesWhileAChangeIsOnItsWayRefusesIt() {
        script.at(100, context -> quote(context, 1, 49));
        script.at(130, context -> context.amend(script.order, 1, 50.5));
        script.row(135, BookEvents.ASK, 101, 5).row(300, BID, 90, 1);
        assertThat(script.run().refused()).isOne();
        assertThat(script.heard).endsWith("150 CANCELED WOULD_TAKE");
    }

    @Test
    void aCancelMayFollowAChangeThatIsStillOnItsWay() {
        quoteAt100();
        script.at(130, context -> {
            context.amend(script.order, 2, 49);
            context.amend(script.order, 3, 49); // one change at a time
            context.cancel(script.order);
            context.cancel(script.order);
        });
        script.row(300, BID, 90, 1);
        MarketResult result = script.run();
        assertThat(script.heard).containsExactly("120 ACKED ACCEPTED", "150 CANCELED ASKED");
        assertThat(result.cancelled()).isOne();
        assertThat(result.lateCancels()).isZero();
    }

    @Test
    void aChangeThatIsLostLeavesTheOrderAsItWas() {
        script.with(OrderLatency.Measured.of(
                new long[] {0, 50, 125, 135, 250}, new long[] {10, 60, 0, 0, 260}, new long[] {20, 70, 165, 175, 270}));
        script.at(1, context -> quote(context, 1, 50.5));
        script.at(130, context -> context.amend(script.order, 5, 50));
        script.row(280, SELL, 101, 10).row(300, BID, 90, 1);
        script.run();
        assertThat(script.heard).containsExactly("21 ACKED ACCEPTED", "170 ACKED ACCEPTED", "290 FILLED 10 at 101");
    }

    @Test
    void whatCannotFillAtOnceIsCancelledAfterWhatCould() {
        script.at(
                100,
                context ->
                        context.submit(OrderRequest.limit(0, Side.BUY, 3.5, 51).withTimeInForce(TimeInForce.IOC)));
        script.at(
                200,
                context ->
                        context.submit(OrderRequest.limit(0, Side.BUY, 4.1, 60).withTimeInForce(TimeInForce.FOK)));
        script.at(
                300,
                context -> context.submit(OrderRequest.limit(0, Side.BUY, 4, 60).withTimeInForce(TimeInForce.FOK)));
        script.at(400, context -> context.submit(OrderRequest.market(0, Side.SELL, 2.5)));
        script.row(500, BID, 90, 1);
        MarketResult result = script.run();
        assertThat(script.heard)
                .containsExactly(
                        "120 PARTIAL 30 at 102",
                        "120 CANCELED TIME_IN_FORCE",
                        "220 CANCELED TIME_IN_FORCE",
                        "320 PARTIAL 30 at 102",
                        "320 FILLED 10 at 104",
                        "420 PARTIAL 20 at 100",
                        "420 CANCELED TIME_IN_FORCE");
        assertThat(result.makerTrades()).isZero();
        assertThat(result.trades()).isEqualTo(4);
        assertThat(result.fees()).isCloseTo(0.002 * result.notional(), within(1e-9));
    }

    @Test
    void whatALimitOrderCannotTakeRestsAndIsAMakerFromThenOn() {
        script.at(100, context -> script.order = context.submit(OrderRequest.limit(0, Side.BUY, 3.5, 51)));
        script.row(130, SELL, 101, 3).row(140, SELL, 101, 9).row(500, BID, 90, 1);
        MarketResult result = script.run();
        assertThat(script.heard).containsExactly("120 ACKED ACCEPTED", "120 PARTIAL 30 at 102", "140 FILLED 5 at 102");
        assertThat(result.makerTrades()).isOne();
        assertThat(result.fees()).isCloseTo(0.002 * 3 * 51 - 0.001 * 0.5 * 51, within(1e-9));
    }

    @Test
    void aMarketWithoutASideTakesNothing() {
        script.row(50, BookEvents.ASK, 102, 0).row(50, BookEvents.ASK, 104, 0).row(500, BID, 90, 1);
        script.at(100, context -> context.submit(OrderRequest.market(0, Side.BUY, 1)));
        assertThat(script.run().trades()).isZero();
        assertThat(script.heard).containsExactly("120 CANCELED TIME_IN_FORCE");
    }

    @Test
    void changesOfWhatIsUnknownOrOverAreNotHeardAndBadOnesLeaveTheOrderAsItWas() {
        quoteAt100();
        script.at(130, context -> {
            context.amend(12_345, 1, 50);
            context.amend(-1, 1, 50);
            context.amend(script.order, 0.01, 50);
        });
        script.at(160, context -> context.amend(script.order, 1, Double.NaN));
        script.at(190, context -> context.amend(script.order, 1e300, 50));
        script.row(220, SELL, 101, 10).row(300, BID, 90, 1);
        script.run();
        assertThat(script.heard)
                .containsExactly(
                        "120 ACKED ACCEPTED",
                        "150 ACKED TOO_SMALL",
                        "180 ACKED NO_PRICE",
                        "210 ACKED QUANTITY_TOO_LARGE",
                        "230 FILLED 10 at 101");
    }

    @Test
    void aCancelThatIsSentBeforeTheVenueAnsweredArrivesBehindItsOrder() {
        script.at(100, context -> {
            quote(context, 1, 50.5);
            context.cancel(script.order);
            context.cancel(script.order); // asked already
        });
        script.row(111, SELL, 101, 10).row(300, BID, 90, 1);
        MarketResult result = script.run();
        assertThat(script.heard).containsExactly("120 ACKED ACCEPTED", "120 CANCELED ASKED");
        assertThat(result.cancelled()).isOne();
        assertThat(result.lateCancels()).isZero();
        assertThat(result.position()).isZero();
    }

    @Test
    void aCancelThatIsSentBeforeTheVenueAnsweredMayStillBeLate() {
        quoteAt100();
        script.at(105, context -> context.cancel(script.order));
        script.row(114, SELL, 101, 10).row(300, BID, 90, 1);
        MarketResult result = script.run();
        assertThat(script.heard).containsExactly("120 ACKED ACCEPTED", "124 FILLED 10 at 101");
        assertThat(result.lateCancels()).isOne();
        assertThat(result.position()).isEqualTo(1);
    }

    @Test
    void aCancelOfAnOrderThatIsRefusedChangesNothing() {
        script.at(100, context -> {
            quote(context, 1, 51);
            context.cancel(script.order);
        });
        script.at(200, context -> {
            context.cancel(script.order); // over
            quote(context, 1, 50.5); // takes the same place
        });
        script.row(300, BID, 90, 1);
        MarketResult result = script.run();
        assertThat(script.heard).containsExactly("120 REJECTED WOULD_TAKE", "220 ACKED ACCEPTED");
        assertThat(result.refused()).isOne();
    }

    @Test
    void aCancelThatIsLostBeforeTheVenueAnsweredLeavesTheOrder() {
        script.with(OrderLatency.Measured.of(
                new long[] {0, 104, 105, 106, 250}, new long[] {10, 114, 0, 0, 260}, new long[] {20, 124, 145, 146, 270
                }));
        script.at(100, context -> quote(context, 1, 50.5));
        script.at(105, context -> context.cancel(script.order));
        script.at(260, context -> context.cancel(script.order));
        script.row(400, BID, 90, 1);
        script.run();
        assertThat(script.heard).hasSize(2);
        assertThat(script.heard.get(0)).endsWith("ACKED ACCEPTED");
        assertThat(script.heard.get(1)).isEqualTo("280 CANCELED ASKED");
    }

    @Test
    void anOrderThatCannotRestIsNotEndedByTheCancelThatFollowsIt() {
        script.at(100, context -> {
            script.order =
                    context.submit(OrderRequest.limit(0, Side.BUY, 3.5, 51).withTimeInForce(TimeInForce.IOC));
            context.cancel(script.order);
        });
        script.row(300, BID, 90, 1);
        assertThat(script.run().lateCancels()).isOne();
        assertThat(script.heard).containsExactly("120 PARTIAL 30 at 102", "120 CANCELED TIME_IN_FORCE");
    }

    @Test
    void aChangeThatIsSentBeforeTheVenueAnsweredArrivesBehindItsOrder() {
        quoteAt100();
        script.at(105, context -> {
            context.amend(script.order, 2, 49.5);
            context.amend(script.order, 3, 49.5); // one change at a time
        });
        script.row(300, BID, 90, 1).row(310, SELL, 99, 20).row(400, BID, 90, 1);
        script.run();
        assertThat(script.heard).containsExactly("120 ACKED ACCEPTED", "125 ACKED ASKED", "320 FILLED 20 at 99");
    }

    @Test
    void aCancelMayFollowAnOrderAndItsChangeAtOnce() {
        script.at(100, context -> {
            quote(context, 1, 50.5);
            context.amend(script.order, 2, 50);
            context.cancel(script.order);
        });
        script.row(300, BID, 90, 1);
        script.run();
        assertThat(script.heard).containsExactly("120 ACKED ACCEPTED", "120 CANCELED ASKED");
    }

    @Test
    void whatHasNoPriceOrNoLotIsRefusedByTheVenueAndTheRunGoesOn() {
        script.at(100, context -> context.submit(OrderRequest.market(0, Side.BUY, 0.05)));
        script.at(130, context -> quote(context, 0.05, 50.5));
        script.at(160, context -> quote(context, Double.NaN, 50.5));
        script.at(190, context -> quote(context, 1, Double.NaN));
        script.at(220, context -> quote(context, 1, 0.4));
        script.at(250, context -> quote(context, Double.POSITIVE_INFINITY, 50.5));
        script.at(280, context -> quote(context, 1, 50.5));
        script.row(400, BID, 90, 1);
        MarketResult result = script.run();
        assertThat(script.heard)
                .containsExactly(
                        "120 REJECTED TOO_SMALL",
                        "150 REJECTED TOO_SMALL",
                        "180 REJECTED TOO_SMALL",
                        "210 REJECTED NO_PRICE",
                        "240 REJECTED NO_PRICE",
                        "270 REJECTED QUANTITY_TOO_LARGE",
                        "300 ACKED ACCEPTED");
        assertThat(result.orders()).isEqualTo(7);
        assertThat(result.refused()).isEqualTo(6);
    }

    @Test
    void whatIsWorthMoreThanCanBeCountedIsRefusedByTheVenueAndTheRunGoesOn() {
        script.with(FillRules.whole());
        script.at(100, context -> context.submit(OrderRequest.market(0, Side.SELL, 9e14)));
        script.at(130, context -> context.submit(OrderRequest.market(0, Side.BUY, 9e14)));
        script.at(160, context -> quote(context, 9e14, 50.5));
        script.at(190, context -> quote(context, 1, 50.5));
        script.at(220, context -> context.amend(script.order, 9e14, 50.5));
        script.at(250, context -> context.submit(OrderRequest.market(0, Side.SELL, 1)));
        script.row(400, BID, 90, 1);
        MarketResult result = script.run();
        assertThat(script.heard)
                .containsExactly(
                        "120 REJECTED QUANTITY_TOO_LARGE",
                        "150 REJECTED QUANTITY_TOO_LARGE",
                        "180 REJECTED QUANTITY_TOO_LARGE",
                        "210 ACKED ACCEPTED",
                        "240 ACKED QUANTITY_TOO_LARGE",
                        "270 FILLED 10 at 100");
        assertThat(result.position()).isEqualTo(-1);
    }

    @Test
    void whatTheVenueHasTakenLeavesLessRoomUntilItIsCancelled() {
        // 50.5 is tick 101, and 1.1e15 lots at it are worth 1.1e17 of 1.15e18 ticks times lots
        script.with(FeeSchedule.flat(0));
        long[] first = new long[1];
        script.at(100, context -> {
            quote(context, 1.1e14, 50.5);
            first[0] = script.order;
        });
        for (int i = 1; i < 11; i++) {
            script.at(100 + i, context -> quote(context, 1.1e14, 50.5));
        }
        script.at(150, context -> context.cancel(first[0]));
        script.at(200, context -> quote(context, 1.1e14, 50.5));
        script.row(400, BID, 90, 1);
        script.run();
        assertThat(script.heard).hasSize(13).endsWith("220 ACKED ACCEPTED");
        assertThat(script.heard.get(9)).isEqualTo("129 ACKED ACCEPTED");
        assertThat(script.heard.get(10)).isEqualTo("130 REJECTED QUANTITY_TOO_LARGE");
        assertThat(script.heard.get(11)).isEqualTo("170 CANCELED ASKED");
    }

    @Test
    void aRefusalSaysWhatWasMissing() {
        List<String> words = new ArrayList<>();
        ReplayScript listening = new ReplayScript() {
            @Override
            public void onOrder(Context context, OrderEvent event) {
                words.add(((OrderEvent.Rejected) event).detail());
            }
        }.start();
        listening.at(100, context -> context.quote(0, Side.BUY, 0.05, 50.5));
        listening.at(101, context -> context.quote(0, Side.SELL, 1, Double.NaN));
        listening.row(400, BID, 90, 1);
        listening.run();
        assertThat(words).hasSize(2);
        assertThat(words.get(0)).contains("one lot", "0.1");
        assertThat(words.get(1)).contains("one tick", "0.5", "book");
    }

    @Test
    void aLimitNeverGetsWorseAndASizeNeverLarger() {
        script.with(FillRules.whole());
        script.at(100, context -> context.submit(OrderRequest.limit(0, Side.BUY, 0.16, 51.4)));
        script.at(101, context -> context.submit(OrderRequest.limit(0, Side.BUY, 0.16, 50.9)));
        script.at(102, context -> context.submit(OrderRequest.limit(0, Side.SELL, 0.16, 50.1)));
        script.at(103, context -> quote(context, 0.19, 50.4));
        script.row(200, SELL, 101, 10).row(300, BID, 90, 1);
        MarketResult result = script.run();
        assertThat(script.heard)
                .as("51.4 is 51.0 at most, 50.9 is 50.5, 50.1 is 50.5 at least")
                .contains("120 FILLED 1 at 102", "121 ACKED ACCEPTED", "122 ACKED ACCEPTED")
                .contains("210 FILLED 1 at 101");
        assertThat(result.quantity()).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void aFeedByOrderIsFollowedByOrderOnBothSides() {
        ReplayScript single = new ReplayScript().with(new QueueModel.Fifo());
        single.single(0, BookEvents.ADD_BID, 100, 20, 1).single(0, BookEvents.ADD_ASK, 102, 30, 2);
        single.single(0, BookEvents.ADD_BID, 90, 1, 5).row(0, BookEvents.WHOLE, 0, 0);
        single.at(100, context -> {
            assertThat(context.bid(0)).isEqualTo(50);
            assertThat(context.ask(0)).isEqualTo(51);
            assertThat(context.book(0).bidLots(100)).isEqualTo(20);
            single.order = context.quote(0, Side.BUY, 1, 50);
        });
        single.single(120, BookEvents.ADD_BID, 100, 9, 3).row(130, SELL, 100, 24);
        single.single(130, BookEvents.EXECUTE, 0, 20, 1).single(130, BookEvents.EXECUTE, 0, 4, 3);
        single.single(150, BookEvents.EXECUTE, 0, 5, 3).single(160, BookEvents.ADD_BID, 99, 9, 4);
        single.single(170, BookEvents.EXECUTE, 0, 1, 4).single(300, BookEvents.CANCEL, 0, 0, 4);
        MarketResult result = single.run();
        assertThat(single.heard)
                .containsExactly(
                        "120 ACKED ACCEPTED", "140 PARTIAL 4 at 100", "160 PARTIAL 5 at 100", "180 FILLED 1 at 100");
        assertThat(result.position()).isEqualTo(1);
    }

    @Test
    void aModelThatDoesNotFitTheFeedIsRefusedWithWhatIsNeeded() {
        script.with(new QueueModel.Fifo());
        assertThatIllegalArgumentException()
                .isThrownBy(script::run)
                .withMessageContaining("FIFO")
                .withMessageContaining("L3");
        ReplayScript single = new ReplayScript();
        single.single(0, BookEvents.ADD_BID, 100, 20, 1);
        assertThatIllegalArgumentException().isThrownBy(single::run).withMessageContaining("FIFO");
    }

    @Test
    void contextsThatCannotChangeOrdersSaySo() {
        Context bars = (Context) java.lang.reflect.Proxy.newProxyInstance(
                Context.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (proxy, method, arguments) ->
                        java.lang.reflect.InvocationHandler.invokeDefault(proxy, method, arguments));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bars.amend(OrderEvent.NO_ORDER, 1, 1))
                .withMessageContaining("cancel");
    }
}
