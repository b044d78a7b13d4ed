package org.lama.core.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.lama.core.market.Contract.Right;

/** Against values with 60 digits from {@code make_black76.py}, beside the files. */
class Black76OracleTest {
    @Test
    void valuesOutOfTheMoneyKeepTheirDigitsHoweverSmall() {
        double worst = 0;
        for (String[] row : rows("black76.csv")) {
            Black76 option = option(row);
            double expected = number(row[6]);
            // ln(F/K) and its square carry the rounding: relative error about |d1|² · 2^-52 in the far tail
            double d = Math.log(option.forward() / option.strike()) / (number(row[5]) * Math.sqrt(option.years()));
            double tolerance = (4e-14 + 4e-16 * d * d) * Math.abs(expected);
            assertThat(option.price(number(row[5]))).as(String.join(",", row)).isCloseTo(expected, within(tolerance));
            worst = Math.max(worst, Math.abs(option.price(number(row[5])) / expected - 1) / (1 + 0.01 * d * d));
        }
        assertThat(worst).isLessThan(4e-14);
    }

    @Test
    void greeksAgree() {
        for (String[] row : rows("black76.csv")) {
            Black76 option = option(row);
            Greeks greeks = option.greeks(number(row[5]));
            double[] ours = {
                greeks.price(),
                greeks.delta(),
                greeks.gamma(),
                greeks.vega(),
                greeks.theta(),
                greeks.rho(),
                greeks.vanna(),
                greeks.volga()
            };
            double d = Math.log(option.forward() / option.strike()) / (number(row[5]) * Math.sqrt(option.years()));
            for (int i = 0; i < ours.length; i++) {
                double expected = number(row[6 + i]);
                // the density amplifies the rounding of d1 by d1; theta, vanna and volga add terms that may cancel
                double terms = i == 4 ? option.rate() * greeks.price() : 0;
                double tolerance = (1e-13 + 2e-15 * d * d) * (Math.abs(expected) + terms) + cancelling(i, greeks);
                assertThat(ours[i]).as("%s of %s", i, String.join(",", row)).isCloseTo(expected, within(tolerance));
            }
        }
    }

    /** d2 near 0, and d1 · d2, lose digits where the forward is near the strike. */
    private static double cancelling(int greek, Greeks greeks) {
        return greek >= 6 ? 1e-13 * Math.abs(greeks.vega()) : 0;
    }

    @Test
    void impliedVolatilityIsThatOfTheRoundedPrice() {
        int most = 0;
        for (String[] row : rows("implied.csv")) {
            double forward = number(row[1]);
            double strike = number(row[2]);
            double years = number(row[3]);
            double price = number(row[4]);
            double expected = number(row[5]);
            Black76 option = new Black76(right(row), forward, strike, years, 0);
            ImpliedVolatility implied = option.impliedVolatility(price);
            assertThat(implied.outcome()).as(String.join(",", row)).isEqualTo(ImpliedVolatility.Outcome.SOLVED);
            // what a change of 2^-50 of the price does to the volatility, and the rounding of ln(F/K)
            double x = Math.log(forward / strike);
            double sensitivity = price / (option.greeks(expected).vega() * expected);
            double moneyness = x == 0 ? 0 : 4e-16 * (1 + 1 / Math.abs(x));
            Offset<Double> tolerance = within(expected * (2e-15 + 2e-14 * sensitivity + moneyness));
            assertThat(implied.volatility()).as(String.join(",", row)).isCloseTo(expected, tolerance);
            most = Math.max(most, implied.iterations());
        }
        assertThat(most).isLessThanOrEqualTo(12);
    }

    private static Black76 option(String[] row) {
        return new Black76(right(row), number(row[1]), number(row[2]), number(row[3]), number(row[4]));
    }

    private static Right right(String[] row) {
        return row[0].equals("C") ? Right.CALL : Right.PUT;
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }

    private static List<String[]> rows(String name) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Black76OracleTest.class.getResourceAsStream(name)), StandardCharsets.UTF_8))) {
            List<String[]> rows =
                    reader.lines().skip(1).map(line -> line.split(",", -1)).toList();
            assertThat(rows).hasSizeGreaterThan(50);
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
