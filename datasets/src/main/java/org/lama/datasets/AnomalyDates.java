package org.lama.datasets;

import java.util.ArrayList;
import java.util.List;
import org.lama.core.base.Rng;
import org.lama.core.base.Seeds;
import org.lama.core.data.MarketData;
import org.lama.core.series.Frame;

/**
 * At which closes one asset's book is out of order, how, and what the bar after it adds. Drawn bar by bar from a stream of its
 * own, so that neither prices nor the number of bars change what stands before.
 */
final class AnomalyDates {
    private static final int STREAM = 20;
    private static final int REST = 2;

    /** Number of the kind plus 1, 0 where there is none. */
    final byte[] kind;

    /** The side it shows on: 1 for the bid, -1 for the ask. */
    final byte[] side;

    /** What is added to the log return of a bar, in its volatilities. */
    final double[] move;

    AnomalyDates(PlantedAnomalies how, long seed, int bars, double dayFraction) {
        kind = new byte[bars];
        side = new byte[bars];
        move = new double[bars];
        Rng rng = Seeds.rng(seed, STREAM);
        double chance = Math.min(0.5, how.perYear() / 365 * dayFraction);
        int free = 0;
        for (int i = 0; i < bars; i++) {
            boolean begins = rng.nextDouble() < chance;
            int drawn = rng.nextInt(BookAnomaly.count());
            int where = rng.nextDouble() < 0.5 ? 1 : -1;
            boolean followed = rng.nextDouble() < how.adverseShare();
            double size = how.adverseMove() * (0.7 + 0.6 * rng.nextDouble());
            if (begins && i >= free) {
                kind[i] = (byte) (drawn + 1);
                side[i] = (byte) where;
                free = i + REST;
                if (followed && i + 1 < bars) {
                    move[i + 1] = BookAnomaly.of(drawn).direction(where) * size;
                }
            }
        }
    }

    /** All of them, by time; a move behind the last bar is not known. */
    List<MarketData.PlantedAnomaly> list(Frame bars) {
        List<MarketData.PlantedAnomaly> found = new ArrayList<>();
        for (int i = 0; i < kind.length; i++) {
            if (kind[i] > 0) {
                String shown = BookAnomaly.of(kind[i] - 1).shown(side[i]);
                found.add(new MarketData.PlantedAnomaly(
                        bars.symbol(), bars.availableAt(i), shown, i + 1 < kind.length ? move[i + 1] : 0));
            }
        }
        return found;
    }
}
