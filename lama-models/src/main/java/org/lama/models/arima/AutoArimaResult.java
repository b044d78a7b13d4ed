package org.lama.models.arima;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Tabular;

/**
 * The chosen model and everything that was tried.
 *
 * @param fit the chosen model; its status says whether the search was cut short or fell back
 * @param criterion what was minimised
 * @param candidates all fitted candidates in the order in which they were tried
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public record AutoArimaResult(ArimaFit fit, Criterion criterion, List<Candidate> candidates) implements Tabular {
    /**
     * Copies the list.
     *
     * @param fit the chosen model; its status says whether the search was cut short or fell back
     * @param criterion what was minimised
     * @param candidates all fitted candidates in the order in which they were tried
     */
    public AutoArimaResult {
        Check.notNull(fit, "fit");
        Check.notNull(criterion, "criterion");
        candidates = List.copyOf(candidates);
    }

    /**
     * One order that was tried.
     *
     * @param spec the order
     * @param value its criterion, smaller is better; infinite if it could not be fitted
     * @param logLikelihood its exact log-likelihood
     * @param reason why it was not chosen, empty for the chosen one
     */
    public record Candidate(ArimaSpec spec, double value, double logLikelihood, String reason) {}

    @Override
    public List<Column> columns() {
        return List.of(
                new Column(
                        "model",
                        candidates.stream().map(c -> c.spec().toString()).toList()),
                new Column(
                        criterion.name(),
                        candidates.stream().map(Candidate::value).toList()),
                new Column(
                        "log-likelihood",
                        candidates.stream().map(Candidate::logLikelihood).toList()),
                new Column("reason", candidates.stream().map(Candidate::reason).toList()));
    }
}
