package org.lama.core.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Against Deribit's own marks and greeks. The venue rounds the forward to 0.01, the volatility to 0.01 points, premiums to
 * 1e-6, delta, gamma, vega, theta and rho to 1e-5, and its numbers are not all of one instant; tolerances are what that does.
 */
class InverseOptionVenueTest {
    private static final double POINT = 0.01;

    @Test
    void premiumsFromTheMarkVolatilityAreTheMarkPrices() {
        int exact = 0;
        List<Map<String, String>> rows = tickers();
        for (Map<String, String> row : rows) {
            Black76 option = option(row);
            double volatility = VenueRows.number(row, "mark_iv") * POINT;
            Greeks greeks = option.greeks(volatility);
            double error = InverseOption.premium(option, volatility) - VenueRows.number(row, "mark_price");
            // half a unit of the last digit of the mark, of the volatility and of the forward
            double rounding = 0.5e-6
                    + 0.5e-4 * greeks.vega() / option.forward()
                    + 0.005 * Math.abs(InverseOption.netDelta(option, volatility)) / option.forward();
            exact += Math.abs(error) <= rounding ? 1 : 0;
            // the mark follows an index that moves by some 0.01 % until the ticker is sent
            double moved = 1.2e-4 * Math.abs(InverseOption.netDelta(option, volatility));
            assertThat(error).as(VenueRows.text(row, "symbol")).isCloseTo(0, within(rounding + moved));
        }
        assertThat(exact).isGreaterThan(rows.size() / 2);
    }

    @Test
    void greeksAreThoseOfTheVenue() {
        for (Map<String, String> row : tickers()) {
            Black76 option = option(row);
            double volatility = VenueRows.number(row, "mark_iv") * POINT;
            Greeks greeks = InverseOption.venueGreeks(option, volatility);
            Greeks plain = option.greeks(volatility);
            String name = VenueRows.text(row, "symbol");
            double inVolatility = 0.5e-4;
            double inForward = 1e-5 * option.forward();
            double delta = 0.5e-5 + Math.abs(plain.vanna()) * inVolatility + plain.gamma() * inForward;
            assertThat(greeks.delta()).as(name).isCloseTo(VenueRows.number(row, "delta"), within(delta));
            assertThat(greeks.gamma())
                    .as(name)
                    .isCloseTo(VenueRows.number(row, "gamma"), within(0.5e-5 + 1e-4 * plain.gamma()));
            double vega = 0.5e-5 + 0.5e-4 * greeks.vega() + Math.abs(greeks.volga()) * 0.005;
            assertThat(greeks.vega()).as(name).isCloseTo(VenueRows.number(row, "vega"), within(vega));
            // where the value caps it, theta is as uncertain as the value, whose forward moves until the ticker is sent
            boolean capped = greeks.theta() == -greeks.price();
            double value = Math.abs(plain.delta()) * 1.2e-4 * option.forward() + plain.vega() * inVolatility;
            double theta = 0.5e-5 + 2e-4 * Math.abs(greeks.theta()) + (capped ? value : 0);
            assertThat(greeks.theta()).as(name).isCloseTo(VenueRows.number(row, "theta"), within(theta));
            double rho = 0.5e-5 + 2e-4 * Math.abs(greeks.rho());
            assertThat(greeks.rho()).as(name).isCloseTo(VenueRows.number(row, "rho"), within(rho));
        }
    }

    @Test
    void markPricesGiveTheMarkVolatilitiesBack() {
        for (Map<String, String> row : tickers()) {
            Black76 option = option(row);
            double expected = VenueRows.number(row, "mark_iv") * POINT;
            double vega = option.greeks(expected).vega() / option.forward();
            ImpliedVolatility implied = InverseOption.impliedVolatility(option, VenueRows.number(row, "mark_price"));
            double net = Math.abs(InverseOption.netDelta(option, expected));
            if (vega < 1e-4 || !implied.isSolved()) {
                continue; // the rounding of the mark is worth more than a point of volatility
            }
            double tolerance = 0.5e-4 + (0.6e-6 + 1.2e-4 * net) / vega * 1.1;
            assertThat(implied.volatility()).as(VenueRows.text(row, "symbol")).isCloseTo(expected, within(tolerance));
        }
    }

    @Test
    void aWholeBookOfMarksGivesASmileThatIsConsistent() {
        Map<ImpliedVolatility.Outcome, Integer> outcomes = new TreeMap<>();
        Map<String, double[]> pairs = new TreeMap<>();
        int withVolatility = 0;
        for (Map<String, String> row :
                VenueRows.read("data/options/deribit_ETH_options_book_summary_2024-01-08.csv.gz")) {
            String name = VenueRows.text(row, "instrument_name");
            Black76 option = VenueRows.option(
                    name, VenueRows.number(row, "underlying_price"), (long) VenueRows.number(row, "time_ms"));
            double mark = VenueRows.number(row, "mark_price");
            ImpliedVolatility implied = InverseOption.impliedVolatility(option, mark);
            outcomes.merge(implied.outcome(), 1, Integer::sum);
            if (implied.isSolved()) {
                assertThat(InverseOption.premium(option, implied.volatility()))
                        .as(name)
                        .isCloseTo(mark, within(1e-13));
                double vega = option.greeks(implied.volatility()).vega() / option.forward();
                if (vega > 0.01) {
                    withVolatility++;
                    assertThat(implied.volatility()).as(name).isBetween(0.25, 2.5);
                    int side = name.endsWith("C") ? 0 : 1;
                    double[] pair = pairs.computeIfAbsent(
                            name.substring(0, name.length() - 2), key -> new double[] {Double.NaN, Double.NaN, vega});
                    pair[side] = implied.volatility();
                }
            }
        }
        // one deep call is marked 1.4e-5 below its intrinsic value; marks of 0 hold no volatility
        assertThat(outcomes.get(ImpliedVolatility.Outcome.BELOW_INTRINSIC)).isEqualTo(1);
        assertThat(outcomes).doesNotContainKey(ImpliedVolatility.Outcome.ABOVE_MAXIMUM);
        assertThat(outcomes.get(ImpliedVolatility.Outcome.SOLVED)).isGreaterThan(600);
        assertThat(withVolatility).isGreaterThan(400);
        int compared = 0;
        for (Map.Entry<String, double[]> pair : pairs.entrySet()) {
            double[] both = pair.getValue();
            if (!Double.isNaN(both[0] + both[1])) {
                compared++;
                // call and put of one strike: half a unit of each mark, and marks of two moments
                assertThat(both[0]).as(pair.getKey()).isCloseTo(both[1], within(2e-6 / both[2] + 3e-4 / both[2]));
            }
        }
        assertThat(compared).isGreaterThan(150);
    }

    private static List<Map<String, String>> tickers() {
        List<Map<String, String>> rows = VenueRows.read("data/options/deribit_ws_option_tickers_2021-07-22.csv.gz");
        assertThat(rows).hasSize(89);
        return rows;
    }

    private static Black76 option(Map<String, String> row) {
        return VenueRows.option(VenueRows.text(row, "symbol"), VenueRows.number(row, "underlying_price"), (long)
                VenueRows.number(row, "time_ms"));
    }
}
