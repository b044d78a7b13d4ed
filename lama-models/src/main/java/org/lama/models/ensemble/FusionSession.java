package org.lama.models.ensemble;

import java.util.ArrayList;
import java.util.List;
import org.lama.core.base.Check;
import org.lama.core.signal.Combiner;
import org.lama.core.signal.Composite;
import org.lama.core.signal.RegimeLabel;
import org.lama.core.signal.Signal;

/** What all methods share: dropping members, size, the regime and the switch to consensus. */
abstract class FusionSession implements Combiner.Session {
    private static final double NANOS_PER_DAY = 86_400e9;

    private final String method;
    private final FusionSettings settings;
    private final List<String> members;
    private final double barNanos;
    private final double[] priors;
    private final Panel panel;
    private long lastClose = Long.MIN_VALUE;

    FusionSession(String method, FusionSettings settings, List<String> members, double barsPerDay) {
        this.method = method;
        this.settings = settings;
        this.members = members;
        this.barNanos = NANOS_PER_DAY / barsPerDay;
        this.panel = new Panel(members.size());
        this.priors = members.stream().mapToDouble(settings.weights()::of).toArray();
    }

    /** What the method makes of a panel of at least one member. */
    abstract Decision decide(Panel used);

    /** Learns from an outcome; methods without memory ignore it. */
    void learn(long timeNanos, double[] memberReturns) {}

    @Override
    public void train(Combiner.TrainingRows rows) {
        Check.that(
                rows.signals().length == members.size(),
                "training rows must have " + members.size() + " members, got " + rows.signals().length);
    }

    @Override
    public final void observe(long timeNanos, double[] memberReturns) {
        Check.that(
                memberReturns.length == members.size(),
                "memberReturns must have " + members.size() + " values, got " + memberReturns.length);
        Check.that(
                timeNanos > lastClose, "outcomes must come in order of time, got " + timeNanos + " after " + lastClose);
        lastClose = timeNanos;
        learn(timeNanos, memberReturns);
    }

    @Override
    public final Composite combine(List<Signal> signals, RegimeLabel regime) {
        Check.that(
                signals.size() == members.size(),
                "signals must have one entry for each of " + members + ", got " + signals.size());
        List<String> vetoes = new ArrayList<>(0);
        double multiplier = gather(signals, vetoes);
        boolean crisis = regime == RegimeLabel.CRISIS;
        Decision decision;
        if (panel.size == 0) {
            decision = Decision.flat("flat: no valid directional member");
        } else if (crisis) {
            decision = ConsensusVote.decide(panel, members, settings.consensus());
        } else {
            decision = decide(panel);
        }
        if (!decision.veto().isEmpty()) {
            vetoes.add(decision.veto());
        }
        return new Composite(
                decision.signal(),
                settings.dampsConfidence() ? decision.confidence() * multiplier : decision.confidence(),
                multiplier * settings.factors().factor(regime),
                regime,
                decision.contributions(),
                crisis ? "consensus" : method,
                vetoes);
    }

    /** Fills the panel, names who was dropped, and returns the product of the size multipliers. */
    private double gather(List<Signal> signals, List<String> vetoes) {
        long now = decisionTime(signals);
        double multiplier = 1;
        panel.size = 0;
        for (int m = 0; m < priors.length; m++) {
            Signal signal = signals.get(m);
            double ageBars = ((double) now - signal.eventTime()) / barNanos;
            if (priors[m] == 0) {
                vetoes.add(members.get(m) + " dropped: its weight is 0");
            } else if (!signal.valid()) {
                vetoes.add(members.get(m) + " dropped: no valid signal");
            } else if (ageBars > settings.maximumAgeBars()) {
                vetoes.add(members.get(m) + " dropped: stale by " + (long) Math.ceil(ageBars) + " bars, at most "
                        + settings.maximumAgeBars() + " are allowed");
            } else {
                multiplier *= signal.sizeMultiplier();
                if (signal.role() == Signal.Role.DIRECTIONAL) {
                    panel.add(m, signal.value(), signal.confidence());
                }
            }
        }
        return multiplier;
    }

    /** The last time that the session knows of: a valid signal's or the last outcome's. */
    private long decisionTime(List<Signal> signals) {
        long now = lastClose;
        for (int m = 0; m < priors.length; m++) {
            if (priors[m] > 0 && signals.get(m).valid()) {
                now = Math.max(now, signals.get(m).availableAt());
            }
        }
        return now;
    }

    final List<String> members() {
        return members;
    }

    /** Prior weights in the order of the members; not to be changed. */
    final double[] priors() {
        return priors;
    }

    final double barNanos() {
        return barNanos;
    }
}
