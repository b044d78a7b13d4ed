package org.lama.core.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.lama.core.base.Check;
import org.lama.core.base.Rng;
import org.lama.core.base.Suggestion;

/**
 * The geometry of a parameter space: which coordinates exist at a point, which constraints hold there, and how points
 * are numbered. A point is an array with one coordinate per parameter, NaN where the parameter does not exist.
 * Immutable.
 */
final class Dimensions {
    /** A parameter on which others depend has at most so many values. */
    private static final long LARGEST_PARENT = 10_000_000;

    private final List<Parameter> parameters;
    private final List<String> names;
    private final List<Constraint> constraints;
    private final int[] parents;
    private final boolean[][] parentValues;
    private final double[][] numbersOfChoices;

    Dimensions(List<Parameter> parameters, List<String> names, List<String> constraintTexts) {
        this.parameters = parameters;
        this.names = names;
        this.parents = new int[parameters.size()];
        this.parentValues = new boolean[parameters.size()][];
        this.numbersOfChoices = new double[parameters.size()][];
        for (int i = 0; i < parents.length; i++) {
            bindCondition(i);
            bindChoices(i);
        }
        List<Constraint> compiled = new ArrayList<>();
        for (String text : constraintTexts) {
            Constraint constraint = Constraint.parse(text, names);
            constraint.parameters().forEach(index -> checkNumeric(constraint, index));
            compiled.add(constraint);
        }
        this.constraints = List.copyOf(compiled);
    }

    List<Parameter> parameters() {
        return parameters;
    }

    List<Constraint> constraints() {
        return constraints;
    }

    int count() {
        return parameters.size();
    }

    /** The index of a parameter, with an error that names the nearest one. */
    int indexOf(String name) {
        int index = names.indexOf(name);
        Check.that(
                index >= 0, "space has no parameter '" + name + "'; it has " + names + Suggestion.alike(name, names));
        return index;
    }

    double numberAt(int index, double[] coordinates) {
        double[] choices = numbersOfChoices[index];
        double coordinate = coordinates[index];
        return choices.length == 0 || Double.isNaN(coordinate) ? coordinate : choices[(int) coordinate];
    }

    /** The point at settled coordinates. */
    ParameterSet point(double[] coordinates) {
        int active = 0;
        for (double coordinate : coordinates) {
            active += Double.isNaN(coordinate) ? 0 : 1;
        }
        String[] activeNames = new String[active];
        String[] texts = new String[active];
        int at = 0;
        for (int i = 0; i < coordinates.length; i++) {
            if (!Double.isNaN(coordinates[i])) {
                activeNames[at] = names.get(i);
                texts[at++] = parameters.get(i).text(coordinates[i]);
            }
        }
        return ParameterSet.owning(activeNames, texts);
    }

    /** Whether a parameter exists, given the coordinates of those before it. */
    boolean isActive(int index, double[] coordinates) {
        int parent = parents[index];
        if (parent < 0) {
            return true;
        }
        double value = coordinates[parent];
        return !Double.isNaN(value)
                && parentValues[index][(int) parameters.get(parent).indexOf(value)];
    }

    /** Sets the coordinates of parameters that do not exist to NaN. */
    void settle(double[] coordinates) {
        for (int i = 0; i < coordinates.length; i++) {
            if (!isActive(i, coordinates)) {
                coordinates[i] = Double.NaN;
            }
        }
    }

    /** Whether the constraints hold at settled coordinates. */
    boolean satisfies(double[] coordinates) {
        for (Constraint constraint : constraints) {
            if (!constraint.holds(index -> numberAt(index, coordinates))) {
                return false;
            }
        }
        return true;
    }

    /** The product of the numbers of values, empty if one is continuous or the product not below 2^62. */
    OptionalLong cells() {
        double product = 1;
        long cells = 1;
        for (Parameter parameter : parameters) {
            if (parameter.count().isEmpty()) {
                return OptionalLong.empty();
            }
            product *= parameter.count().getAsLong();
            cells *= parameter.count().getAsLong();
        }
        return product < 0x1p62 ? OptionalLong.of(cells) : OptionalLong.empty();
    }

    /** A number that differs for different points of a space with cells. */
    long cell(double[] coordinates) {
        long cell = 0;
        for (int i = 0; i < coordinates.length; i++) {
            Parameter parameter = parameters.get(i);
            cell = cell * parameter.count().getAsLong()
                    + (Double.isNaN(coordinates[i]) ? 0 : parameter.indexOf(coordinates[i]));
        }
        return cell;
    }

    /** Whether every point is a combination of values and every combination a point. */
    boolean isPlain() {
        return constraints.isEmpty() && Arrays.stream(parents).allMatch(parent -> parent < 0);
    }

    /** A point that conditions and constraints allow, by draws; false if none was found in so many. */
    boolean draw(Rng rng, double[] coordinates, int attempts) {
        for (int attempt = 0; attempt < attempts; attempt++) {
            for (int i = 0; i < coordinates.length; i++) {
                coordinates[i] = parameters.get(i).fromUnit(rng.nextDouble());
            }
            settle(coordinates);
            if (satisfies(coordinates)) {
                return true;
            }
        }
        return false;
    }

    private void bindCondition(int index) {
        Optional<Parameter.Condition> condition = parameters.get(index).condition();
        parents[index] = -1;
        parentValues[index] = new boolean[0];
        if (condition.isEmpty()) {
            return;
        }
        int parent = indexOf(condition.get().parent());
        Parameter of = parameters.get(parent);
        Check.that(
                parent < index,
                "parameter " + names.get(index) + " must stand behind " + of.name() + ", on which it depends");
        OptionalLong count = of.count();
        Check.that(
                count.isPresent() && count.getAsLong() <= LARGEST_PARENT,
                "parameter " + names.get(index) + " must depend on a parameter with at most " + LARGEST_PARENT
                        + " values, got " + of.canonicalText());
        parents[index] = parent;
        parentValues[index] = new boolean[(int) count.getAsLong()];
        for (String value : condition.get().values()) {
            parentValues[index][(int) of.indexOf(of.parse(value))] = true;
        }
    }

    /** Choices that are numbers may stand in constraints. */
    private void bindChoices(int index) {
        numbersOfChoices[index] = new double[0];
        if (parameters.get(index) instanceof Parameter.Categorical categorical) {
            numbersOfChoices[index] = categorical.choices().stream()
                    .mapToDouble(Dimensions::numberOrNaN)
                    .toArray();
        }
    }

    private void checkNumeric(Constraint constraint, int index) {
        for (double number : numbersOfChoices[index]) {
            Check.that(
                    !Double.isNaN(number),
                    "constraint " + constraint.canonicalText() + " must be about numbers, but " + names.get(index)
                            + " has the choices " + parameters.get(index).canonicalText());
        }
    }

    private static double numberOrNaN(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException isText) {
            return Double.NaN;
        }
    }
}
