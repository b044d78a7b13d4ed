package org.lama.core.signal;

import java.util.List;
import org.lama.core.base.Check;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.TimeIndex;

/** Made-up inputs for sessions: signals with a little skill and gaps; market states with episodes, gaps and crashes. */
final class Streams {
    private static final long DAY_NANOS = 86_400_000_000_000L;
    private static final List<RegimeLabel> LABELS = List.of(RegimeLabel.values());

    static final String RETURN = "return";
    static final String REGIME = "regime";

    private Streams() {}

    static String value(String member) {
        return "signal of " + member;
    }

    static String trust(String member) {
        return "confidence of " + member;
    }

    private static Frame empty(int bars) {
        return Frame.of(
                "made-up market",
                TimeIndex.regular(0, DAY_NANOS, Check.atLeast(bars, 22, "bars")),
                DAY_NANOS,
                new Provenance(Provenance.Kind.SYNTHETIC, "honesty check", "", ""));
    }

    static Frame signals(long seed, List<String> members, int bars) {
        Frame out = empty(bars);
        double[] returns = new double[bars];
        double[] regimes = new double[bars];
        Rng market = Seeds.rng(seed, 1);
        for (int row = 0; row < bars; row++) {
            returns[row] = market.nextGaussian();
            regimes[row] = row > 0 && market.nextDouble() < 0.9 ? regimes[row - 1] : market.nextInt(4);
        }
        for (int m = 0; m < members.size(); m++) {
            Rng rng = Seeds.rng(seed, 2 + m);
            double[] values = new double[bars];
            double[] trusts = new double[bars];
            for (int row = 0; row < bars; row++) {
                double next = row + 1 < bars ? returns[row + 1] : 0;
                values[row] = rng.nextDouble() < 0.05 ? Double.NaN : StrictMath.tanh(0.2 * next + rng.nextGaussian());
                trusts[row] = rng.nextDouble();
            }
            out = out.with(value(members.get(m)), values).with(trust(members.get(m)), trusts);
        }
        return out.with(RETURN, returns).with(REGIME, regimes);
    }

    static Frame states(long seed, int bars) {
        Rng rng = Seeds.rng(seed, 1);
        double[][] columns = new double[4][bars];
        double heat = 0;
        double dry = 0;
        for (int row = 0; row < bars; row++) {
            heat = 0.95 * heat + 0.3 * rng.nextGaussian();
            dry = 0.97 * dry + 0.2 * rng.nextGaussian();
            columns[0][row] = 0.6 * StrictMath.exp(heat);
            columns[1][row] = 1 / (1 + StrictMath.exp(dry));
            columns[2][row] = 0.03 * StrictMath.exp(heat) * rng.nextGaussian();
            columns[3][row] = rng.nextInt(60) == 0 ? 0.3 : 0.01 * rng.nextInt(3);
            int gap = rng.nextInt(80);
            if (gap < 4) {
                columns[gap][row] = Double.NaN;
            }
        }
        return empty(bars)
                .with("volatility", columns[0])
                .with("liquidity", columns[1])
                .with(RETURN, columns[2])
                .with("anomalyRate", columns[3]);
    }

    static double[][] labels(RegimeDetector detector, Frame states, int rows) {
        RegimeDetector.Session session = detector.open((double) DAY_NANOS / states.barNanos());
        double[] volatility = states.column("volatility").toArray();
        double[] liquidity = states.column("liquidity").toArray();
        double[] returns = states.column(RETURN).toArray();
        double[] anomalies = states.column("anomalyRate").toArray();
        double[] out = new double[rows];
        for (int row = 0; row < rows; row++) {
            out[row] = LABELS.indexOf(session.next(new MarketState(
                    states.availableAt(row), volatility[row], liquidity[row], returns[row], anomalies[row])));
        }
        return new double[][] {out};
    }
}
