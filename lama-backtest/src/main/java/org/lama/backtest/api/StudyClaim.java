package org.lama.backtest.api;

import java.util.Optional;
import org.lama.backtest.verdict.VerdictRule;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * What the file of a study claims and by which rule it is to be judged; fixed and hashed before any data are opened.
 * Immutable and thread-safe.
 *
 * @param hypothesis what the study claims, in one or two sentences; empty for a sentence made from its settings
 * @param metric the judged quantity, in words
 * @param minimumDeflatedSharpe probability that an edge needs, inside (0, 1)
 * @param trackRecordConfidence confidence of the minimum track record length, inside (0.5, 1)
 * @param minimumRoundTrips round trips below which nothing is decided, at least 1
 * @param falseDiscoveryRate of the list of assets, inside (0, 1)
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record StudyClaim(
        Optional<String> hypothesis,
        String metric,
        double minimumDeflatedSharpe,
        double trackRecordConfidence,
        int minimumRoundTrips,
        double falseDiscoveryRate) {
    /** The standard rule on a claim made from the settings. */
    public static final StudyClaim STANDARD = of(VerdictRule.standard("-"));

    /**
     * Checks the ranges, which are those of the rule.
     *
     * @param hypothesis what the study claims, in one or two sentences; empty for a sentence made from its settings
     * @param metric the judged quantity, in words
     * @param minimumDeflatedSharpe probability that an edge needs, inside (0, 1)
     * @param trackRecordConfidence confidence of the minimum track record length, inside (0.5, 1)
     * @param minimumRoundTrips round trips below which nothing is decided, at least 1
     * @param falseDiscoveryRate of the list of assets, inside (0, 1)
     */
    public StudyClaim {
        hypothesis.ifPresent(text -> Check.notBlank(text, "hypothesis"));
        rule(
                "-",
                metric,
                new double[] {minimumDeflatedSharpe, trackRecordConfidence, falseDiscoveryRate},
                minimumRoundTrips);
    }

    private static StudyClaim of(VerdictRule rule) {
        return new StudyClaim(
                Optional.empty(),
                rule.metric(),
                rule.minimumDeflatedSharpe(),
                rule.trackRecordConfidence(),
                rule.minimumRoundTrips(),
                rule.falseDiscoveryRate());
    }

    /**
     * The same rule on a claim in words of one's own.
     *
     * @param text one or two sentences
     * @return a copy
     */
    public StudyClaim withHypothesis(String text) {
        return new StudyClaim(
                Optional.of(text),
                metric,
                minimumDeflatedSharpe,
                trackRecordConfidence,
                minimumRoundTrips,
                falseDiscoveryRate);
    }

    /** The rule; the confidence of the bound and the multiple of the costs are those of the standard rule. */
    VerdictRule rule(String otherwise) {
        return rule(
                hypothesis.orElse(otherwise),
                metric,
                new double[] {minimumDeflatedSharpe, trackRecordConfidence, falseDiscoveryRate},
                minimumRoundTrips);
    }

    private static VerdictRule rule(String hypothesis, String metric, double[] rates, int minimumRoundTrips) {
        VerdictRule standard = VerdictRule.standard(hypothesis);
        return new VerdictRule(
                hypothesis,
                metric,
                rates[0],
                standard.boundConfidence(),
                rates[1],
                minimumRoundTrips,
                standard.costMultiple(),
                rates[2]);
    }
}
