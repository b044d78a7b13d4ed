package org.lama.models.anomaly;

import java.util.Locale;
import org.lama.core.base.Api;

/**
 * Why a row is unusual: what each feature took away from the mean path. A forest says v(x), the mean over its trees of the
 * leaf of x (path length, or log2 density); v(root) is the same for a row of the fit on average. On the way down a tree, each
 * step from a node to its child changes the mean of the leaves below, weighted by the rows of the fit that reached them, and
 * that change is put down to the feature of the split (Saabas 2014; for a single tree the path-wise form of Palczewska et
 * al. 2013, doi:10.1109/IRI.2013.6642461). So
 *
 * <pre>Σ contributions = baseline - value,   score = 2^(-value / c(ψ)) for depth scoring,</pre>
 *
 * <p>exactly but for rounding: a positive contribution makes the row more unusual. With depth scoring a contribution is in
 * steps of a path, with density scoring in bits of density. A slanted split is shared out in proportion to
 * |weight · (x - mean in the node)|, so that a missing feature, which stands at the mean there, has no share. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Attribution {
    private final double baseline;
    private final double value;
    private final double score;
    private final double[] contributions;

    Attribution(double baseline, double value, double score, double[] contributions) {
        this.baseline = baseline;
        this.value = value;
        this.score = score;
        this.contributions = contributions;
    }

    /**
     * Mean over the trees of what the leaves say to a row of the fit on average.
     *
     * @return steps of a path, or bits of density
     */
    public double baseline() {
        return baseline;
    }

    /**
     * Mean over the trees of what the leaves say to this row.
     *
     * @return steps of a path, or bits of density; NaN if the row is skipped
     */
    public double value() {
        return value;
    }

    /**
     * The score of the row.
     *
     * @return as {@link IsolationForestModel#score(double[])}
     */
    public double score() {
        return score;
    }

    /**
     * What each feature took away.
     *
     * @return a new array, one number per feature; all NaN if the row is skipped
     */
    public double[] contributions() {
        return contributions.clone();
    }

    /**
     * The feature that took away most.
     *
     * @return its number, the first one of equals
     */
    public int strongest() {
        int best = 0;
        for (int f = 1; f < contributions.length; f++) {
            if (contributions[f] > contributions[best]) {
                best = f;
            }
        }
        return best;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "score %.4f, value %.3f against %.3f, most by feature %d",
                score,
                value,
                baseline,
                strongest());
    }
}
