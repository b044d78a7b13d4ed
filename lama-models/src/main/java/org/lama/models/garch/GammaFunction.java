package org.lama.models.garch;

/**
 * Logarithm of the gamma function and its first two derivatives for arguments above 1: shifted up to 12 by the recurrence,
 * then Stirling's series (Abramowitz and Stegun 1964, 6.1.41, 6.3.18, 6.4.12); relative error about 1e-15.
 */
final class GammaFunction {
    private static final double FAR = 12;
    private static final double HALF_LOG_TWO_PI = 0.9189385332046727;

    private GammaFunction() {}

    static double logarithm(double x) {
        double product = 1;
        double y = x;
        while (y < FAR) {
            product *= y;
            y++;
        }
        double r = 1 / (y * y);
        double series = (1.0 / 12 + r * (-1.0 / 360 + r * (1.0 / 1260 + r * (-1.0 / 1680 + r * (1.0 / 1188))))) / y;
        return (y - 0.5) * Math.log(y) - y + HALF_LOG_TWO_PI + series - Math.log(product);
    }

    static double digamma(double x) {
        double sum = 0;
        double y = x;
        while (y < FAR) {
            sum -= 1 / y;
            y++;
        }
        double r = 1 / (y * y);
        double series = r
                * (-1.0 / 12
                        + r
                                * (1.0 / 120
                                        + r * (-1.0 / 252 + r * (1.0 / 240 + r * (-1.0 / 132 + r * (691.0 / 32760))))));
        return sum + Math.log(y) - 0.5 / y + series;
    }

    static double trigamma(double x) {
        double sum = 0;
        double y = x;
        while (y < FAR) {
            sum += 1 / (y * y);
            y++;
        }
        double r = 1 / (y * y);
        double series = r
                * (1.0 / 6 + r * (-1.0 / 30 + r * (1.0 / 42 + r * (-1.0 / 30 + r * (5.0 / 66 - r * (691.0 / 2730))))));
        return sum + (1 + series) / y + 0.5 * r;
    }
}
