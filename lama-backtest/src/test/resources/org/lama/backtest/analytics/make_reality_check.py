"""Values of White's and Hansen's tests for RealityCheckOracleTest. Needs arch 8.0.0, statsmodels 0.15.0, numpy.

Run in this folder: python make_reality_check.py. Writes reality_check.csv (returns, three matrices) and
reality_check_expected.csv. arch's SPA takes losses; returns enter with their sign turned, against a benchmark of zero.
p-values are simulated with 20,000 resamples each, so they agree to about 0.01; the statistic is exact.
"""
import numpy as np
from arch.bootstrap import SPA
from statsmodels.stats.multitest import multipletests

rng = np.random.Generator(np.random.PCG64(20240917))


def matrix(n, means, phi):
    e = rng.standard_normal((n, len(means)))
    x = np.zeros_like(e)
    for t in range(n):
        x[t] = e[t] + (phi * x[t - 1] if t else 0)
    common = rng.standard_normal((n, 1))
    return 0.01 * (x + 0.5 * common + np.array(means))


CASES = {
    "null": (matrix(300, [0.0] * 8, 0.3), 6.0),
    "planted": (matrix(300, [0.25] + [0.0] * 7, 0.0), 3.0),
    "poor": (matrix(250, [0.12, 0.0, -0.5, -0.8, -1.0, -0.6], 0.2), 4.0),
}
with open("reality_check.csv", "w") as data, open("reality_check_expected.csv", "w") as out:
    for name, (x, block) in CASES.items():
        x = np.round(x, 10)
        for k in range(x.shape[1]):
            data.write(name + "," + ",".join(f"{v:.10f}" for v in x[:, k]) + "\n")
        d = x - x.mean(0)
        n, p = len(x), 1 / block
        var = (d**2).sum(0) / n
        for i in range(1, n):
            kappa = (1 - i / n) * (1 - p) ** i + i / n * (1 - p) ** (n - i)
            var = var + 2 * kappa * (d[:-i] * d[i:]).sum(0) / n
        ratio = (np.sqrt(n) * x.mean(0) / np.sqrt(var)).max()
        # arch 8.0.0 uses the variances to choose the variants but leaves the statistic as it is: so divide beforehand.
        spa = SPA(np.zeros(n), -x / np.sqrt(var), block_size=block, reps=20_000, bootstrap="stationary", seed=1)
        spa.compute()
        plain = SPA(np.zeros(len(x)), -x, block_size=block, reps=20_000, bootstrap="stationary", studentize=False, seed=2)
        plain.compute()
        out.write(f"{name},block,{block}\n{name},ratio,{float(ratio)!r}\n")
        for key in ("lower", "consistent", "upper"):
            out.write(f"{name},{key},{float(spa.pvalues[key])!r}\n")
        # White's reality check is the upper p-value without studentising.
        out.write(f"{name},reality_check,{float(plain.pvalues['upper'])!r}\n")
    p = [0.001, 0.04, 0.03, 0.2, 0.0005, 0.9, 0.012]
    for method in ("fdr_bh", "fdr_by"):
        for i, v in enumerate(multipletests(p, 0.1, method)[1]):
            out.write(f"{method},{i},{float(v)!r}\n")
