package org.lama.core.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Seeds;

/**
 * What a search may choose: typed parameters, conditions under which they exist, and constraints between them.
 *
 * <pre>{@code
 * ParameterSpace.parse("fast=5..60:5,slow=80..400:20");       // whole numbers in steps
 * ParameterSpace.parse("x=0.1..0.9,lr=1e-5..1:log");          // real, and real on a logarithmic scale
 * ParameterSpace.parse("kernel=a|b|c,depth=1..20?kernel=b|c"); // a choice, and a parameter of two of its values only
 * ParameterSpace.parse("fast=5..60,slow=10..400,fast*2<slow"); // a constraint
 * }</pre>
 *
 * A range whose ends (and step) are written as whole numbers holds whole numbers; a point or an exponent in one of them
 * makes it real. Constraints compare sums and products of parameters and numbers by {@code < <= > >= == !=}; one whose
 * parameter does not exist at a point holds there. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class ParameterSpace {
    /** Spaces with conditions or constraints are counted point by point up to so many combinations. */
    public static final long LARGEST_COUNTED = 10_000_000;

    /** So many points are drawn before a constraint is said to leave nothing. */
    private static final int DRAWS = 100_000;

    private static final long NOT_COUNTED = -2;
    private static final long UNCOUNTABLE = -1;

    private final List<Parameter> parameters;
    private final List<String> names;
    private final Dimensions dimensions;
    private volatile long size = NOT_COUNTED;

    private ParameterSpace(List<Parameter> parameters, List<String> constraintTexts) {
        this.parameters = List.copyOf(parameters);
        Check.that(!parameters.isEmpty(), "space must have at least one parameter, got none; " + SpaceText.FORMS);
        this.names = checkedNames(parameters);
        this.dimensions = new Dimensions(this.parameters, names, constraintTexts);
        checkNotEmpty();
    }

    /**
     * Reads a space as the command line takes it; see the head of this class for the forms.
     *
     * @param text parameters and constraints between commas or line ends
     * @return the space
     * @throws IllegalArgumentException if a part is not understood, a name stands twice or is unknown, or nothing is
     *     left
     */
    public static ParameterSpace parse(String text) {
        SpaceText parsed = SpaceText.parse(Check.notNull(text, "text"));
        return new ParameterSpace(parsed.parameters(), parsed.constraints());
    }

    /**
     * A space built in code.
     *
     * @return an empty builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The parameters.
     *
     * @return in the order in which they were given, unmodifiable
     */
    public List<Parameter> parameters() {
        return parameters;
    }

    /**
     * The names of the parameters.
     *
     * @return in the order in which they were given, unmodifiable
     */
    public List<String> names() {
        return names;
    }

    /**
     * One parameter.
     *
     * @param name its name
     * @return the parameter
     * @throws IllegalArgumentException if there is none of this name; the nearest one is named
     */
    public Parameter parameter(String name) {
        return parameters.get(dimensions.indexOf(name));
    }

    /**
     * The constraints as texts without white space.
     *
     * @return in the order in which they were given, unmodifiable
     */
    public List<String> constraints() {
        return dimensions.constraints().stream().map(Constraint::canonicalText).toList();
    }

    /**
     * The space as text for hashing: equal texts mean equal spaces, and {@link #parse} makes the space from it.
     *
     * @return parameters, then constraints, between commas
     */
    public String canonicalText() {
        List<String> items = new ArrayList<>();
        parameters.forEach(parameter -> items.add(parameter.canonicalText()));
        items.addAll(constraints());
        return String.join(",", items);
    }

    /**
     * The number of different points that conditions and constraints leave. Without either it is a product; otherwise
     * the points are walked through once, O(combinations).
     *
     * @return the number; empty if a parameter is continuous, if the number is not below 2^63, or if there are
     *     conditions or constraints and more than {@link #LARGEST_COUNTED} combinations
     */
    public OptionalLong size() {
        if (size == NOT_COUNTED) {
            size = countPoints();
        }
        return size == UNCOUNTABLE ? OptionalLong.empty() : OptionalLong.of(size);
    }

    /**
     * Requires that all points can be visited.
     *
     * @param largest the largest number of points allowed
     * @return the number of points
     * @throws IllegalArgumentException if a parameter is continuous or there are more points
     */
    public long requireSizeAtMost(long largest) {
        for (Parameter parameter : parameters) {
            Check.that(
                    parameter.count().isPresent(),
                    "parameter " + parameter.name() + " is continuous, so that the points of the space cannot be"
                            + " visited one by one; give it a step, such as " + parameter.name() + "=0.1..0.9:0.1");
        }
        OptionalLong points = size();
        Check.that(
                points.isPresent() && points.getAsLong() <= largest,
                "space must have at most " + largest + " points, got "
                        + (points.isPresent() ? "" + points.getAsLong() : "more than " + LARGEST_COUNTED)
                        + "; take larger steps, narrower ranges or another sampler than the grid");
        return points.getAsLong();
    }

    /**
     * Reads a point and checks it.
     *
     * @param values texts by name, as {@link ParameterSet#values} gives them
     * @return the point, in the order of the space and with canonical texts
     * @throws IllegalArgumentException if a value is missing, superfluous, unknown or out of its range, or a constraint
     *     does not hold
     */
    public ParameterSet read(Map<String, String> values) {
        values.keySet().forEach(dimensions::indexOf);
        double[] coordinates = new double[parameters.size()];
        for (int i = 0; i < coordinates.length; i++) {
            String text = values.get(names.get(i));
            boolean active = dimensions.isActive(i, coordinates);
            Check.that(
                    active == (text != null),
                    "parameter " + names.get(i)
                            + (active
                                    ? " must have a value"
                                    : " does not exist unless "
                                            + parameters
                                                    .get(i)
                                                    .condition()
                                                    .map(c -> c.canonicalText().substring(1))
                                                    .orElse("")));
            coordinates[i] = text == null ? Double.NaN : parameters.get(i).parse(text);
        }
        for (Constraint constraint : dimensions.constraints()) {
            Check.that(
                    constraint.holds(index -> dimensions.numberAt(index, coordinates)),
                    "constraint " + constraint.canonicalText() + " does not hold at " + values);
        }
        return dimensions.point(coordinates);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ParameterSpace that && canonicalText().equals(that.canonicalText());
    }

    @Override
    public int hashCode() {
        return canonicalText().hashCode();
    }

    @Override
    public String toString() {
        return canonicalText();
    }

    /** The geometry, for samplers. */
    Dimensions dimensions() {
        return dimensions;
    }

    /** The coordinates of a point by parameter, NaN where the parameter does not exist. */
    double[] coordinates(ParameterSet set) {
        ParameterSet checked = read(set.values());
        double[] coordinates = new double[parameters.size()];
        for (int i = 0; i < coordinates.length; i++) {
            String name = names.get(i);
            coordinates[i] = checked.isActive(name) ? parameters.get(i).parse(checked.text(name)) : Double.NaN;
        }
        return coordinates;
    }

    private long countPoints() {
        OptionalLong cells = dimensions.cells();
        if (cells.isEmpty()) {
            return UNCOUNTABLE;
        }
        if (dimensions.isPlain()) {
            return cells.getAsLong();
        }
        if (cells.getAsLong() > LARGEST_COUNTED) {
            return UNCOUNTABLE;
        }
        Odometer odometer = new Odometer(dimensions);
        long points = 0;
        while (odometer.advance()) {
            points++;
        }
        return points;
    }

    private void checkNotEmpty() {
        if (dimensions.constraints().isEmpty()) {
            return;
        }
        OptionalLong cells = dimensions.cells();
        boolean walk = cells.isPresent() && cells.getAsLong() <= LARGEST_COUNTED;
        boolean found = walk
                ? new Odometer(dimensions).advance()
                : dimensions.draw(Seeds.rng(0, 0), new double[parameters.size()], DRAWS);
        Check.that(
                found,
                "constraints " + constraints() + " must leave a point, but "
                        + (walk
                                ? "none of " + cells.getAsLong() + " combinations"
                                : "none of " + DRAWS + " drawn points")
                        + " fulfils them");
    }

    private static List<String> checkedNames(List<Parameter> parameters) {
        Map<String, Parameter> byName = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            Parameter other = byName.put(parameter.name(), parameter);
            Check.that(other == null, "space must name each parameter once, got '" + parameter.name() + "' twice");
        }
        return List.copyOf(byName.keySet());
    }

    /** Collects the parts of a space. Mutable, for one thread. */
    public static final class Builder {
        private final List<Parameter> parameters = new ArrayList<>();
        private final List<String> constraints = new ArrayList<>();

        private Builder() {}

        /**
         * Adds a parameter of any case, with or without a condition.
         *
         * @param parameter the parameter
         * @return this builder
         */
        public Builder parameter(Parameter parameter) {
            parameters.add(Check.notNull(parameter, "parameter"));
            return this;
        }

        /**
         * Adds whole numbers from low to high in steps.
         *
         * @param name of the parameter
         * @param low smallest value
         * @param high largest value
         * @param step distance of neighbours
         * @return this builder
         */
        public Builder whole(String name, long low, long high, long step) {
            return parameter(new Parameter.Whole(name, low, high, step, Optional.empty()));
        }

        /**
         * Adds a continuous range.
         *
         * @param name of the parameter
         * @param low smallest value
         * @param high largest value
         * @return this builder
         */
        public Builder real(String name, double low, double high) {
            return parameter(new Parameter.Real(name, low, high, 0, Optional.empty()));
        }

        /**
         * Adds a continuous range on a logarithmic scale.
         *
         * @param name of the parameter
         * @param low smallest value, above 0
         * @param high largest value
         * @return this builder
         */
        public Builder logarithmic(String name, double low, double high) {
            return parameter(new Parameter.Logarithmic(name, low, high, false, Optional.empty()));
        }

        /**
         * Adds a list of choices.
         *
         * @param name of the parameter
         * @param choices the texts
         * @return this builder
         */
        public Builder categorical(String name, String... choices) {
            return parameter(new Parameter.Categorical(name, List.of(choices), Optional.empty()));
        }

        /**
         * Adds a constraint.
         *
         * @param text such as {@code fast*2<slow}
         * @return this builder
         */
        public Builder constraint(String text) {
            constraints.add(Check.notBlank(text, "constraint"));
            return this;
        }

        /**
         * The space of what was added.
         *
         * @return the space
         * @throws IllegalArgumentException if a name stands twice or is unknown, or nothing is left
         */
        public ParameterSpace build() {
            return new ParameterSpace(parameters, constraints);
        }
    }
}
