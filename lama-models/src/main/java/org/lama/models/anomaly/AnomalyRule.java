package org.lama.models.anomaly;

/** The fitted rule: how rows are scaled, scored and told apart. */
record AnomalyRule(Standardisation scale, IsolationForestModel forest, double threshold) {
    /** clamp((score - threshold) / (1 - threshold), 0, 1); NaN for NaN. */
    double excess(double score) {
        return Math.min(1, Math.max(0, (score - threshold) / (1 - threshold)));
    }

    boolean isAnomaly(double score) {
        return score > threshold;
    }

    double sizeMultiplier(double score) {
        return (1 - 0.5 * excess(score)) * (isAnomaly(score) ? 0.5 : 1);
    }
}
