package org.lama.backtest.verdict;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.lama.backtest.analytics.ProbabilisticSharpe;
import org.lama.backtest.walkforward.AssetRates;
import org.lama.core.base.Api;
import org.lama.core.base.Check;

/**
 * What a study claims and how it will be judged, written down before its data are opened: {@link #hash()} goes into the
 * result, so that the rule cannot be bent afterwards.
 *
 * <p>The rule, in this order, on net returns per period over cash at {@code costMultiple} times the costs:
 *
 * <ol>
 *   <li>the pessimistic and the optimistic order of prices inside a bar give means of different sign: NOT DECIDABLE ON BARS;
 *   <li>fewer than {@code minimumRoundTrips} round trips, or fewer than 30 returns: NOT ENOUGH DATA;
 *   <li>the Sharpe ratio is at most 0 or not defined: NO EDGE, since no length of record would be enough;
 *   <li>fewer returns than the minimum track record length at {@code trackRecordConfidence}: NOT ENOUGH DATA;
 *   <li>the deflated Sharpe ratio is at least {@code minimumDeflatedSharpe} and the one-sided stationary-bootstrap lower
 *       bound of the mean at {@code boundConfidence} is above 0: EDGE;
 *   <li>else NO EDGE.
 * </ol>
 *
 * <p>The comparison with a benchmark is reported but is no part of the rule. Immutable and thread-safe.
 *
 * @param hypothesis what the study claims, in one or two sentences
 * @param metric the judged quantity, in words
 * @param minimumDeflatedSharpe probability, inside (0, 1)
 * @param boundConfidence confidence of the lower bound, inside (0.5, 1)
 * @param trackRecordConfidence confidence of the minimum track record length, inside (0.5, 1)
 * @param minimumRoundTrips at least 1
 * @param costMultiple costs as a multiple of the configured ones, at least 0
 * @param falseDiscoveryRate of the list of assets, inside (0, 1)
 * @since 0.1.0
 */
@Api(Api.Status.STABLE)
public record VerdictRule(
        String hypothesis,
        String metric,
        double minimumDeflatedSharpe,
        double boundConfidence,
        double trackRecordConfidence,
        int minimumRoundTrips,
        double costMultiple,
        double falseDiscoveryRate) {

    /**
     * Checks the ranges.
     *
     * @param hypothesis what the study claims, in one or two sentences
     * @param metric the judged quantity, in words
     * @param minimumDeflatedSharpe probability, inside (0, 1)
     * @param boundConfidence confidence of the lower bound, inside (0.5, 1)
     * @param trackRecordConfidence confidence of the minimum track record length, inside (0.5, 1)
     * @param minimumRoundTrips at least 1
     * @param costMultiple costs as a multiple of the configured ones, at least 0
     * @param falseDiscoveryRate of the list of assets, inside (0, 1)
     */
    public VerdictRule {
        Check.notBlank(hypothesis, "hypothesis");
        Check.notBlank(metric, "metric");
        inside(minimumDeflatedSharpe, 0, "minimumDeflatedSharpe");
        inside(boundConfidence, 0.5, "boundConfidence");
        inside(trackRecordConfidence, 0.5, "trackRecordConfidence");
        Check.atLeast(minimumRoundTrips, 1, "minimumRoundTrips");
        Check.notNegative(costMultiple, "costMultiple");
        inside(falseDiscoveryRate, 0, "falseDiscoveryRate");
    }

    /**
     * The default rule: deflated Sharpe ratio at least 0.95, 95 % lower bound of the mean above 0 at 1× cost, a track record
     * for 95 %, 30 round trips, 10 % false discoveries in the list of assets.
     *
     * @param hypothesis what the study claims
     * @return the rule
     */
    public static VerdictRule standard(String hypothesis) {
        return new VerdictRule(
                hypothesis,
                "mean net return per period over cash",
                0.95,
                0.95,
                0.95,
                AssetRates.STANDARD.minimumRoundTrips(),
                1,
                AssetRates.STANDARD.falseDiscoveryRate());
    }

    /**
     * The rates of this rule by which each asset is judged by itself.
     *
     * @return false discovery rate and number of round trips
     */
    public AssetRates assetRates() {
        return new AssetRates(falseDiscoveryRate, minimumRoundTrips);
    }

    /**
     * The rule as text of one form only: a JSON object on one line, members in alphabetical order, numbers as Java prints
     * doubles and integers.
     *
     * @return the text
     */
    public String canonicalText() {
        Map<String, String> members = new TreeMap<>();
        members.put("boundConfidence", Double.toString(boundConfidence));
        members.put("costMultiple", Double.toString(costMultiple));
        members.put("falseDiscoveryRate", Double.toString(falseDiscoveryRate));
        members.put("hypothesis", quoted(hypothesis));
        members.put("metric", quoted(metric));
        members.put("minimumDeflatedSharpe", Double.toString(minimumDeflatedSharpe));
        members.put("minimumRoundTrips", Integer.toString(minimumRoundTrips));
        members.put("rule", quoted("lama-verdict-1"));
        members.put("trackRecordConfidence", Double.toString(trackRecordConfidence));
        StringBuilder out = new StringBuilder();
        members.forEach((name, value) -> out.append(out.length() == 0 ? '{' : ',')
                .append('"')
                .append(name)
                .append("\":")
                .append(value));
        return out.append('}').toString();
    }

    /**
     * The rule as a reader needs it; {@link #canonicalText()} is what is hashed.
     *
     * @return one sentence
     */
    public String sentence() {
        return "EDGE if the " + metric
                + (costMultiple == 1 ? " after costs" : " at " + plain(costMultiple) + " times the costs")
                + " is above 0 by its " + plain(100 * boundConfidence)
                + " % lower bound, the deflated Sharpe ratio is at least "
                + plain(minimumDeflatedSharpe) + ", and there are " + minimumRoundTrips
                + " round trips and as many returns as " + plain(100 * trackRecordConfidence)
                + " % need; assets by themselves at " + plain(100 * falseDiscoveryRate) + " % false discoveries.";
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value)
                .round(new MathContext(12))
                .stripTrailingZeros()
                .toPlainString();
    }

    /**
     * SHA-256 of the UTF-8 bytes of {@link #canonicalText()}.
     *
     * @return 64 hexadecimal digits in lower case
     */
    public String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(canonicalText().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must offer SHA-256", e);
        }
    }

    /**
     * Judges a study. Pure.
     *
     * @param evidence what the study found
     * @return the verdict with its reason, the figures behind it and the next command
     */
    public Verdict judge(Evidence evidence) {
        Map<String, Double> figures = figures(evidence);
        if (!evidence.signAgreesInsideBars()) {
            return verdict(
                    Verdict.Outcome.NOT_DECIDABLE_ON_BARS,
                    "the pessimistic and the optimistic order of prices inside a bar give results of different sign",
                    figures);
        }
        if (evidence.roundTrips() < minimumRoundTrips) {
            return missing(
                    evidence.daysUntilRoundTrips(minimumRoundTrips),
                    evidence.roundTrips() + " round trips, and the rule asks for " + minimumRoundTrips,
                    figures);
        }
        int observations = evidence.sharpe().observations();
        if (observations < ProbabilisticSharpe.MINIMUM_OBSERVATIONS) {
            return missing(
                    (long) Math.ceil(
                            (ProbabilisticSharpe.MINIMUM_OBSERVATIONS - observations) / evidence.periodsPerDay()),
                    observations + " returns, and nothing is said of fewer than "
                            + ProbabilisticSharpe.MINIMUM_OBSERVATIONS,
                    figures);
        }
        if (!(evidence.sharpe().sharpePerPeriod() > 0)) {
            return verdict(Verdict.Outcome.NO_EDGE, "the mean net return over cash is not above 0", figures);
        }
        double track = evidence.sharpe().minimumTrackRecord(0, trackRecordConfidence);
        if (evidence.sharpe().observations() < track) {
            double lacking = track - evidence.sharpe().observations();
            return missing(
                    (long) Math.ceil(lacking / evidence.periodsPerDay()),
                    format(
                            "%d returns, and a Sharpe ratio of %.4f per period needs %.0f to stand out from 0",
                            evidence.sharpe().observations(), evidence.sharpe().sharpePerPeriod(), Math.ceil(track)),
                    figures);
        }
        return judgeStrength(evidence, figures);
    }

    private Verdict judgeStrength(Evidence evidence, Map<String, Double> figures) {
        double deflated = evidence.sharpe().deflated(evidence.effectiveTrials(), evidence.trialVariance());
        double bound = evidence.meanLowerBound();
        boolean edge = deflated >= minimumDeflatedSharpe && bound > 0;
        String why = format(
                "deflated Sharpe ratio %.3f (asked: %.3f) after %.1f effective trials, lower bound of the mean %.2e (asked: "
                        + "above 0)",
                deflated, minimumDeflatedSharpe, evidence.effectiveTrials(), bound);
        return verdict(edge ? Verdict.Outcome.EDGE : Verdict.Outcome.NO_EDGE, why, figures);
    }

    private Map<String, Double> figures(Evidence evidence) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("observations", (double) evidence.sharpe().observations());
        figures.put("roundTrips", (double) evidence.roundTrips());
        figures.put("sharpePerPeriod", evidence.sharpe().sharpePerPeriod());
        figures.put("probabilisticSharpe", evidence.sharpe().probability(0));
        figures.put("deflatedSharpe", evidence.sharpe().deflated(evidence.effectiveTrials(), evidence.trialVariance()));
        figures.put("rawTrials", (double) evidence.rawTrials());
        figures.put("effectiveTrials", evidence.effectiveTrials());
        figures.put("trialVariance", evidence.trialVariance());
        figures.put("meanLowerBound", evidence.meanLowerBound());
        figures.put("minimumTrackRecord", evidence.sharpe().minimumTrackRecord(0, trackRecordConfidence));
        return figures;
    }

    private static Verdict missing(long days, String why, Map<String, Double> figures) {
        Verdict.Outcome outcome = Verdict.Outcome.NOT_ENOUGH_DATA;
        return new Verdict(outcome, OptionalLong.of(Math.max(1, days)), why, outcome.defaultNext(), figures);
    }

    private static Verdict verdict(Verdict.Outcome outcome, String why, Map<String, Double> figures) {
        return new Verdict(outcome, OptionalLong.empty(), why, outcome.defaultNext(), figures);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    private static void inside(double value, double low, String name) {
        Check.that(value > low && value < 1, name + " must be in (" + low + ", 1), got " + value);
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20) {
                out.append(format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
