package org.lama.core.search;

import java.util.List;
import org.lama.core.base.Api;
import org.lama.core.base.Check;
import org.lama.core.base.Suggestion;
import org.lama.core.math.SobolSequence;

/**
 * The samplers of this library. Stateless and thread-safe; the samplers it makes are for one thread each.
 *
 * @since 0.1.0
 */
@Api(Api.Status.EXPERIMENTAL)
public final class Samplers {
    /** The largest grid that is walked unless another bound is given. */
    public static final long LARGEST_GRID = 100_000_000;

    private static final List<String> NAMES = List.of("grid", "random", "latin", "sobol", "tpe", "cmaes");

    private Samplers() {}

    /**
     * The names under which samplers are chosen on the command line.
     *
     * @return grid, random, latin, sobol, tpe and cmaes
     */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * A sampler by its name, with its usual settings.
     *
     * @param name one of {@link #names}
     * @param space where to look
     * @param direction what is good
     * @param seed of everything random; the grid does without
     * @param trials how many trials are planned: the number of layers of the Latin hypercube, of no meaning to others
     * @return the sampler
     * @throws IllegalArgumentException if the name is unknown (the nearest one is named) or the space unfit for it
     */
    public static Sampler named(String name, ParameterSpace space, Direction direction, long seed, int trials) {
        return switch (name) {
            case "grid" -> grid(space, direction);
            case "random" -> random(space, direction, seed);
            case "latin" -> latinHypercube(space, direction, seed, trials);
            case "sobol" -> sobol(space, direction, seed);
            case "tpe" -> tpe(space, direction, seed);
            case "cmaes" -> cmaes(space, direction, seed);
            default ->
                throw new IllegalArgumentException(
                        "sampler must be one of " + NAMES + ", got '" + name + "'" + Suggestion.alike(name, NAMES));
        };
    }

    /**
     * Every point of a space that can be counted, once, the last parameter turning fastest.
     *
     * @param space where to look, without continuous parameters and with at most {@link #LARGEST_GRID} points
     * @param direction what is good; the grid does not look at values
     * @return the sampler
     */
    public static Sampler grid(ParameterSpace space, Direction direction) {
        return grid(space, direction, LARGEST_GRID);
    }

    /**
     * Every point of a space that can be counted, once, the last parameter turning fastest.
     *
     * @param space where to look, without continuous parameters
     * @param direction what is good; the grid does not look at values
     * @param largest the largest number of points allowed
     * @return the sampler
     */
    public static Sampler grid(ParameterSpace space, Direction direction, long largest) {
        return new GridSampler(space, direction, largest);
    }

    /**
     * Independent draws, uniform on the scale of each parameter, without repetition where points can be counted.
     *
     * @param space where to look
     * @param direction what is good; draws do not look at values
     * @param seed of the draws
     * @return the sampler
     */
    public static Sampler random(ParameterSpace space, Direction direction, long seed) {
        return new RandomSampler(space, direction, seed);
    }

    /**
     * A Latin hypercube (McKay, Beckman and Conover 1979): of {@code layers} trials each lies in another of as many equal
     * layers of every parameter. A further hypercube follows when the layers are used up.
     *
     * @param space where to look
     * @param direction what is good; the design does not look at values
     * @param seed of the design
     * @param layers how many trials make a design, at least 1
     * @return the sampler
     */
    public static Sampler latinHypercube(ParameterSpace space, Direction direction, long seed, int layers) {
        Check.atLeast(layers, 1, "layers");
        return new DesignSampler(space, direction, "latin layers=" + layers, seed, new LatinHypercube(seed, layers));
    }

    /**
     * The Sobol sequence with the direction numbers of Joe and Kuo (2008), scrambled.
     *
     * @param space where to look, with at most 1,000 parameters
     * @param direction what is good; the sequence does not look at values
     * @param seed of the scrambling
     * @return the sampler
     */
    public static Sampler sobol(ParameterSpace space, Direction direction, long seed) {
        SobolSequence sequence = SobolSequence.scrambled(space.parameters().size(), seed);
        return new DesignSampler(
                space, direction, "sobol", seed, (index, out) -> sequence.point(Math.toIntExact(index), out));
    }

    /**
     * The multivariate tree-structured Parzen estimator.
     *
     * @param space where to look
     * @param direction what is good
     * @param seed of everything random
     * @return the sampler
     */
    public static Sampler tpe(ParameterSpace space, Direction direction, long seed) {
        return tpe(space, direction, seed, TpeSettings.usual());
    }

    /**
     * The multivariate tree-structured Parzen estimator.
     *
     * @param space where to look
     * @param direction what is good
     * @param seed of everything random
     * @param settings numbers of trials and candidates
     * @return the sampler
     */
    public static Sampler tpe(ParameterSpace space, Direction direction, long seed, TpeSettings settings) {
        return new TpeSampler(space, direction, seed, settings);
    }

    /**
     * Covariance matrix adaptation.
     *
     * @param space where to look
     * @param direction what is good
     * @param seed of everything random
     * @return the sampler
     */
    public static Sampler cmaes(ParameterSpace space, Direction direction, long seed) {
        return cmaes(space, direction, seed, CmaesSettings.usual());
    }

    /**
     * Covariance matrix adaptation.
     *
     * @param space where to look
     * @param direction what is good
     * @param seed of everything random
     * @param settings first deviation and population
     * @return the sampler
     */
    public static Sampler cmaes(ParameterSpace space, Direction direction, long seed, CmaesSettings settings) {
        return new CmaesSampler(space, direction, seed, settings);
    }
}
