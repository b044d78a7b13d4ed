package org.lama.core.signal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Named;
import org.lama.core.series.Frame;
import org.lama.core.series.Provenance;
import org.lama.core.series.Series;
import org.lama.core.series.TimeIndex;

/**
 * Direct access to one model family for the command line, figures and notebooks, without knowing its types. A tool says
 * what it can do; anything else is refused by name. Stateless and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public interface ModelTool extends Named {
    /** What a tool can be asked to do. */
    enum Action {
        /** Estimate a model whose form is given. */
        FIT,
        /** Choose the form from the data and estimate it. */
        AUTO,
        /** Estimate and look ahead. */
        FORECAST,
        /** Rate every row, by a fresh or by a saved model. */
        SCORE,
        /** Draw a path of a model with given or estimated parameters. */
        SIMULATE
    }

    /**
     * What the tool is given.
     *
     * @param data the observations, NaN where missing; the column of interest is named by the option {@code column} and
     *     is otherwise the first one
     * @param future rows of explanatory columns after the last observation, for forecasts of models that have them
     * @param options settings by name, such as {@code order=1,1,1} or {@code horizon=12}; empty for defaults
     * @param context budget and seed
     */
    record Request(Frame data, Optional<Frame> future, Map<String, String> options, FitContext context) {
        /**
         * Copies the options.
         *
         * @param data the observations
         * @param future rows of explanatory columns after the last observation
         * @param options settings by name
         * @param context budget and seed
         */
        public Request {
            Check.notNull(data, "data");
            Check.notNull(future, "future");
            options = Map.copyOf(options);
            Check.notNull(context, "context");
        }

        /**
         * A request without future rows.
         *
         * @param data the observations
         * @param options settings by name
         * @param context budget and seed
         * @return the request
         */
        public static Request of(Frame data, Map<String, String> options, FitContext context) {
            return new Request(data, Optional.empty(), options, context);
        }

        /**
         * A request on one series.
         *
         * @param values the observations, NaN where missing, with at least one row
         * @param options settings by name
         * @param context budget and seed
         * @return the request
         */
        public static Request of(Series values, Map<String, String> options, FitContext context) {
            TimeIndex index = values.index();
            long step = index.size() > 1 ? index.at(1) - index.at(0) : 1;
            Provenance origin = new Provenance(Provenance.Kind.HISTORICAL, values.name(), "", "");
            Frame data = Frame.of(values.name(), index, step, origin).with(values.name(), values.toArray());
            return of(data, options, context);
        }

        /**
         * A copy with one more option.
         *
         * @param name name of the option
         * @param value its value
         * @return the copy
         */
        public Request with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(options);
            more.put(name, value);
            return new Request(data, future, more, context);
        }

        /**
         * The column of interest: the one that the option {@code column} names, else the first.
         *
         * @return the column
         * @throws IllegalArgumentException if there is no such column, naming those there are
         */
        public Series target() {
            List<String> names = data.columnNames();
            Check.that(!names.isEmpty(), "data must have at least one column, got none");
            return data.column(options.getOrDefault("column", names.get(0)));
        }
    }

    /**
     * What {@link #run} accepts.
     *
     * @return at least one action
     */
    List<Action> actions();

    /**
     * Does one of the {@link #actions()}.
     *
     * @param action what to do
     * @param request data, options, budget
     * @return the summary with residuals, forecast or scores
     * @throws IllegalArgumentException for an action that the tool does not have, an unknown option (naming the nearest
     *     right one) or a setting out of range; never for data that are merely difficult: then the status says so
     */
    ModelSummary run(Action action, Request request);
}
