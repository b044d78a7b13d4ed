package org.lama.backtest.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.lama.backtest.cost.FlatCost;
import org.lama.backtest.order.OrderRequest;
import org.lama.backtest.order.OrderRequest.TimeInForce;
import org.lama.core.market.Side;

/**
 * One day of hourly bars with every kind of order, event by event, on each intrabar path. To rewrite the file after a
 * wanted change run with {@code -Dlama.golden.write=true} and review the difference.
 */
class ScriptedDayGoldenTest {
    private static final String FILE = "scripted_day_golden.txt";
    /** Open, high, low, close and volume of each hour. */
    private static final long[][] DAY = {
        {1000, 1010, 995, 1008, 400}, {1008, 1012, 1001, 1003, 300}, {1003, 1004, 985, 990, 500},
        {990, 996, 980, 994, 250}, {994, 1020, 993, 1018, 700}, {1018, 1030, 1015, 1028, 800},
        {1028, 1029, 1010, 1012, 600}, {1012, 1035, 1002, 1020, 900}, {1020, 1022, 1018, 1021, 50},
        {1021, 1025, 1019, 1024, 0}, {1040, 1055, 1038, 1050, 1200}, {1050, 1052, 1030, 1032, 700},
        {1032, 1034, 1000, 1005, 1500}, {1005, 1007, 970, 975, 2000}, {960, 975, 955, 970, 1800},
        {970, 990, 969, 988, 900}, {988, 995, 984, 985, 600}, {985, 986, 984, 985, 80},
        {985, 1001, 980, 1000, 900}, {1000, 1002, 999, 1001, 100}, {1001, 1015, 990, 1010, 800},
        {1010, 1011, 1008, 1009, 60}, {1009, 1013, 1007, 1012, 150}, {1012, 1014, 1010, 1011, 90},
    };

    @Test
    void theEventsOfTheDayAreThoseOnFile() throws IOException {
        StringBuilder text = new StringBuilder();
        for (IntrabarPath path : IntrabarPath.values()) {
            text.append(path).append('\n');
            day(path, text);
        }
        if (Boolean.getBoolean("lama.golden.write")) {
            Files.writeString(
                    Path.of("src/test/resources/org/lama/backtest/execution", FILE), text, StandardCharsets.UTF_8);
        }
        try (InputStream in = Objects.requireNonNull(ScriptedDayGoldenTest.class.getResourceAsStream(FILE), FILE)) {
            assertThat(text.toString()).isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static void day(IntrabarPath path, StringBuilder text) {
        ExecutionSettings settings =
                ExecutionSettings.builder().path(path).barParticipation(0.05).build();
        Desk desk = new Desk(settings, new FlatCost(0, 0.001));
        for (int hour = 0; hour < DAY.length; hour++) {
            long[] bar = DAY[hour];
            decide(desk, hour, hour * Desk.BAR, hour == 0 ? bar[0] : DAY[hour - 1][3]);
            desk.bar(hour * Desk.BAR, bar[0], bar[1], bar[2], bar[3], bar[4]);
        }
        desk.orders.endOfRun(DAY.length * Desk.BAR);
        desk.log.forEach(line -> text.append("  ").append(line).append('\n'));
        text.append("  position ").append(desk.position).append(", worth ").append(desk.worth(DAY[23][3]));
        text.append(", ambiguous bars ").append(desk.orders.ambiguousBars()).append('\n');
        assertThat(desk.orders.isEmpty()).isTrue();
    }

    private static void decide(Desk desk, int hour, long now, long last) {
        switch (hour) {
            case 0 -> desk.submit(OrderRequest.market(0, Side.BUY, 30), now, last);
            case 1 -> {
                desk.submit(OrderRequest.limit(0, Side.BUY, 40, 990).goodTill(now + 3 * Desk.BAR), now, last);
                desk.submit(OrderRequest.limit(0, Side.SELL, 5, 1000).asPostOnly(), now, last);
            }
            case 3 ->
                desk.orders.submitOneCancelsOther(
                        OrderRequest.limit(0, Side.SELL, 20, 1025).asReduceOnly(),
                        OrderRequest.stop(0, Side.SELL, 20, 975).asReduceOnly(),
                        now,
                        last);
            case 6 ->
                desk.orders.submitBracket(
                        OrderRequest.limit(0, Side.BUY, 20, 1014),
                        OrderRequest.limit(0, Side.SELL, 20, 1033),
                        OrderRequest.stop(0, Side.SELL, 20, 1004),
                        now,
                        last);
            case 8 -> {
                desk.submit(OrderRequest.market(0, Side.BUY, 10).withTimeInForce(TimeInForce.FOK), now, last);
                desk.submit(OrderRequest.market(0, Side.BUY, 10).withTimeInForce(TimeInForce.IOC), now, last);
            }
            case 10 -> desk.submit(OrderRequest.trailingStop(0, Side.SELL, 15, 0.03), now, last);
            case 12 -> desk.submit(OrderRequest.stopLimit(0, Side.SELL, 10, 1010, 1008), now, last);
            case 14 -> desk.submit(OrderRequest.takeProfit(0, Side.SELL, 10, 985), now, last);
            case 17 -> desk.submit(OrderRequest.stop(0, Side.BUY, 12, 995), now, last);
            case 20 ->
                desk.orders.submitBracket(
                        OrderRequest.stop(0, Side.BUY, 10, 1004),
                        OrderRequest.takeProfit(0, Side.SELL, 10, 1012),
                        OrderRequest.trailingStop(0, Side.SELL, 10, 0.01),
                        now,
                        last);
            default -> {
                // nothing to decide
            }
        }
    }
}
