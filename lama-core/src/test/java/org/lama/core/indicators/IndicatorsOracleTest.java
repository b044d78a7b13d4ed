package org.lama.core.indicators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every column of TA-Lib, and the channel and VWAP columns of a separate program: values and first valid row. */
class IndicatorsOracleTest {
    /** TA-Lib keeps running sums over all rows, ours are of the window alone; beyond 1 the difference is relative. */
    private static final double TOLERANCE = 1e-9;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sma_20|sma(20)|value",
                "ema_20|ema(20)|value",
                "wma_20|wma(20)|value",
                "dema_20|dema(20)|value",
                "tema_20|tema(20)|value",
                "trima_20|trima(20)|value",
                "kama_10|kama(10)|value",
                "t3_5|t3(5,0.7)|value",
                "ht_trendline|ht_trendline|value",
                "rsi_14|rsi(14)|value",
                "cmo_14|cmo(14)|value",
                "macd_12_26_9|macd(12,26,9)|macd",
                "macd_signal|macd(12,26,9)|signal",
                "macd_hist|macd(12,26,9)|histogram",
                "atr_14|atr(14)|value",
                "natr_14|natr(14)|value",
                "trange|trange|value",
                "adx_14|adx(14)|adx",
                "plus_di_14|adx(14)|plusDi",
                "minus_di_14|adx(14)|minusDi",
                "bb_up_20_2|bbands(20,2,2)|upper",
                "bb_mid_20_2|bbands(20,2,2)|middle",
                "bb_low_20_2|bbands(20,2,2)|lower",
                "stoch_k_14_3|stoch(14,3,3)|k",
                "stoch_d_3|stoch(14,3,3)|d",
                "stochf_k_14|stochf(14,3)|k",
                "stochf_d_3|stochf(14,3)|d",
                "stochrsi_k|stochrsi(14,5,3)|k",
                "stochrsi_d|stochrsi(14,5,3)|d",
                "cci_20|cci(20)|value",
                "mfi_14|mfi(14)|value",
                "obv|obv|value",
                "ad|ad|value",
                "adosc_3_10|adosc(3,10)|value",
                "willr_14|willr(14)|value",
                "roc_10|roc(10)|value",
                "mom_10|mom(10)|value",
                "trix_15|trix(15)|value",
                "ppo_12_26|ppo(12,26)|value",
                "ultosc|ultosc(7,14,28)|value",
                "aroon_dn_14|aroon(14)|down",
                "aroon_up_14|aroon(14)|up",
                "aroonosc_14|aroon(14)|oscillator",
                "psar_002_02|psar(0.02,0.2)|value",
                "stddev_20_pop|stddev(20)|value",
                "linreg_14|linreg(14)|value",
                "linreg_slope_14|linreg_slope(14)|value",
                "max_20|max(20)|value",
                "min_20|min(20)|value",
                "beta_5|beta(5)|value",
                "correl_30|correl(30)|value",
                "donchian_up_20|donchian(20)|upper",
                "donchian_low_20|donchian(20)|lower",
                "donchian_mid_20|donchian(20)|middle",
                "vwap_cum|vwap|value",
                "vwap_roll_20|vwap_rolling(20)|value"
            })
    void aColumnHasTheOraclesValuesAndFirstValidRow(String column, String label, String line) {
        Indicator indicator = Indicators.parse(label);
        double[] oracle = OracleBars.column(column);
        double[][] out = new double[indicator.lines().size()][oracle.length];
        double[][] in = OracleBars.inputs(indicator);
        if (column.equals("max_20") || column.equals("min_20")) {
            in[0] = OracleBars.column(column.startsWith("max") ? "high" : "low");
        }
        indicator.compute(in, out);
        double[] ours = out[indicator.line(line)];
        int first = first(oracle);
        assertThat(first(ours)).as("first valid row").isEqualTo(first);
        if (!column.endsWith("_di_14")) {
            assertThat(indicator.warmUpBars()).isEqualTo(first + 1);
        }
        for (int t = first; t < oracle.length; t++) {
            assertThat(ours[t])
                    .as("row %d", t)
                    .isCloseTo(oracle[t], within(TOLERANCE * Math.max(1, Math.abs(oracle[t]))));
        }
    }

    private static int first(double[] values) {
        int row = 0;
        while (Double.isNaN(values[row])) {
            row++;
        }
        return row;
    }
}
