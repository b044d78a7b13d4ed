package org.lama.backtest.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.market.CostModel.Role;

/**
 * What a venue charges: maker and taker rates by the own traded notional of the last 30 days. Fees change and depend on
 * the account, so there are no built-in venues: {@link #parse} reads a schedule from configuration. Immutable and
 * thread-safe; {@link #rate} is linear in the handful of tiers and allocates nothing.
 *
 * @param tiers at least one, the first from 0, each from more than the one before
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record FeeSchedule(List<Tier> tiers) {
    /** The study's commission: 0.10 % for makers and takers alike, whatever was traded. */
    public static final FeeSchedule DEFAULT = flat(0.0010);

    /**
     * Rates from a traded notional on.
     *
     * @param traded30Days least own traded notional of 30 days in quote currency, at least 0 and finite
     * @param maker fraction of the slipped notional, in (-1, 1); negative for a rebate
     * @param taker fraction of the slipped notional, in (-1, 1); negative for a rebate
     * @since 0.1.0
     */
    @Api(Api.Status.EXPERIMENTAL)
    public record Tier(double traded30Days, double maker, double taker) {
        /**
         * Checks ranges.
         *
         * @param traded30Days least own traded notional of 30 days in quote currency, at least 0 and finite
         * @param maker fraction of the slipped notional, in (-1, 1); negative for a rebate
         * @param taker fraction of the slipped notional, in (-1, 1); negative for a rebate
         */
        public Tier {
            Check.notNegative(traded30Days, "traded30Days");
            rateInRange(maker, "maker");
            rateInRange(taker, "taker");
        }
    }

    /**
     * Checks the order of the tiers.
     *
     * @param tiers at least one, the first from 0, each from more than the one before
     */
    public FeeSchedule {
        tiers = List.copyOf(tiers);
        Check.that(!tiers.isEmpty(), "tiers must hold at least one tier");
        Check.that(
                tiers.get(0).traded30Days() == 0,
                "the first tier must start at 0, got " + tiers.get(0).traded30Days());
        for (int i = 1; i < tiers.size(); i++) {
            double before = tiers.get(i - 1).traded30Days();
            double from = tiers.get(i).traded30Days();
            Check.that(from > before, "tiers must rise: tier " + i + " starts at " + from + " after " + before);
        }
    }

    /**
     * One rate for everybody.
     *
     * @param rate fraction of the slipped notional, in (-1, 1)
     * @return a schedule of one tier
     */
    public static FeeSchedule flat(double rate) {
        return makerTaker(rate, rate);
    }

    /**
     * Two rates without tiers.
     *
     * @param maker fraction of the slipped notional, in (-1, 1); negative for a rebate
     * @param taker fraction of the slipped notional, in (-1, 1)
     * @return a schedule of one tier
     */
    public static FeeSchedule makerTaker(double maker, double taker) {
        return new FeeSchedule(List.of(new Tier(0, maker, taker)));
    }

    /**
     * Reads a schedule: tiers with commas between them, each {@code notional:maker/taker} with rates as fractions; one
     * number alone is a flat rate. {@code 0:0.0002/0.0005,1e6:0/0.0004,1e8:-0.0001/0.0003} has three tiers and ends in a
     * rebate.
     *
     * @param text as described
     * @return the schedule
     * @throws IllegalArgumentException with the part that is not understood
     */
    public static FeeSchedule parse(String text) {
        List<Tier> tiers = new ArrayList<>();
        for (String part : Check.notBlank(text, "fees").split(",", -1)) {
            int colon = part.indexOf(':');
            int slash = part.indexOf('/', colon + 1);
            String maker = slash < 0 ? part.substring(colon + 1) : part.substring(colon + 1, slash);
            String taker = slash < 0 ? maker : part.substring(slash + 1);
            double from = colon < 0 ? 0 : number(part.substring(0, colon), part);
            tiers.add(new Tier(from, number(maker, part), number(taker, part)));
        }
        return new FeeSchedule(tiers);
    }

    /**
     * The schedule in the form that {@link #parse} reads.
     *
     * @return the tiers with commas between them
     */
    public String text() {
        return tiers.stream()
                .map(tier -> tier.traded30Days() + ":" + tier.maker() + "/" + tier.taker())
                .collect(Collectors.joining(","));
    }

    /**
     * The rate of one fill.
     *
     * @param role maker or taker
     * @param traded30Days own traded notional of the last 30 days in quote currency; NaN or below 0 counts as 0
     * @return fraction of the slipped notional; negative for a rebate
     */
    public double rate(Role role, double traded30Days) {
        int at = 0;
        while (at + 1 < tiers.size() && traded30Days >= tiers.get(at + 1).traded30Days()) {
            at++;
        }
        Tier tier = tiers.get(at);
        return role == Role.MAKER ? tier.maker() : tier.taker();
    }

    /**
     * The same tiers with all charges multiplied; rebates stay as they are, so that no multiple earns more.
     *
     * @param multiple at least 0
     * @return a new schedule
     */
    public FeeSchedule scaled(double multiple) {
        Check.notNegative(multiple, "multiple");
        return new FeeSchedule(tiers.stream()
                .map(tier ->
                        new Tier(tier.traded30Days(), scaled(tier.maker(), multiple), scaled(tier.taker(), multiple)))
                .toList());
    }

    /**
     * The schedule in a few words.
     *
     * @return for example {@code commission 0.10 %} or {@code maker 0.02 %, taker 0.05 % (best of 3 tiers: -0.01 %, 0.03 %)}
     */
    public String describe() {
        Tier first = tiers.get(0);
        Tier last = tiers.get(tiers.size() - 1);
        if (tiers.size() == 1 && first.maker() == first.taker()) {
            return String.format(Locale.ROOT, "commission %.2f %%", 100 * first.maker());
        }
        String rates =
                String.format(Locale.ROOT, "maker %.2f %%, taker %.2f %%", 100 * first.maker(), 100 * first.taker());
        return tiers.size() == 1
                ? rates
                : rates
                        + String.format(
                                Locale.ROOT,
                                " (best of %d tiers: %.2f %%, %.2f %%)",
                                tiers.size(),
                                100 * last.maker(),
                                100 * last.taker());
    }

    private static double scaled(double rate, double multiple) {
        return rate > 0 ? rate * multiple : rate;
    }

    private static double number(String text, String part) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException problem) {
            throw new IllegalArgumentException(
                    "fees must be notional:maker/taker with numbers as fractions, got '" + part.strip() + "'", problem);
        }
    }

    private static void rateInRange(double rate, String name) {
        Check.that(rate > -1 && rate < 1, name + " must be in (-1, 1), got " + rate);
    }
}
