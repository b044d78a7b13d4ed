"""Covariances, hierarchical risk parity, risk parity and Kelly bets from numpy, scipy and scikit-learn.

numpy 2.4.6, scipy 1.17.1, scikit-learn 1.9.1, Python 3.11. Writes returns.csv and expected.csv beside this file; the returns
come from numpy's generator with seed 2016 (twelve assets, two groups, volatilities from 1 % to 8 %, 250 rows).
"""
import csv
import os
import numpy as np
from scipy.cluster.hierarchy import linkage
from scipy.optimize import minimize, nnls
from sklearn.covariance import ledoit_wolf

HERE = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(2016)
N, T = 12, 250
market, group = rng.standard_t(5, T), rng.standard_t(5, (2, T))
raw = np.array([0.6 * market + 0.5 * group[i % 2] + 0.7 * rng.standard_t(5, T) for i in range(N)]).T
X = np.round(raw * np.linspace(0.01, 0.08, N) / 1.4 + 0.1 * np.linspace(0.01, 0.08, N), 8)
with open(os.path.join(HERE, "returns.csv"), "w", newline="") as out:
    csv.writer(out).writerows([[repr(float(v)) for v in row] for row in X])
rows = []


def put(name, values):
    rows.append([name] + [repr(float(v)) for v in np.ravel(values)])


def constant_correlation(x):
    """Ledoit and Wolf (2004), appendix B, term by term."""
    t, n = x.shape
    x = x - x.mean(0)
    sample = x.T @ x / t
    var = np.diag(sample).copy()
    sd = np.sqrt(var)
    corr = sample / np.outer(sd, sd)
    r = (corr.sum() - n) / (n * (n - 1))
    prior = r * np.outer(sd, sd)
    np.fill_diagonal(prior, var)
    pi = np.array([[np.mean((x[:, i] * x[:, j] - sample[i, j]) ** 2) for j in range(n)] for i in range(n)])
    theta = np.array([[np.mean((x[:, i] ** 2 - var[i]) * (x[:, i] * x[:, j] - sample[i, j])) for j in range(n)] for i in range(n)])
    rho = np.trace(pi) + sum(r / 2 * (sd[j] / sd[i] * theta[i, j] + sd[i] / sd[j] * theta[j, i])
                             for i in range(n) for j in range(n) if i != j)
    gamma = ((sample - prior) ** 2).sum()
    delta = max(0, min(1, (pi.sum() - rho) / gamma / t))
    return delta * prior + (1 - delta) * sample, delta


def hrp(cov):
    """Lopez de Prado (2016), snippets 16.1 to 16.3 of his book, in numpy."""
    sd = np.sqrt(np.diag(cov))
    corr = cov / np.outer(sd, sd)
    dist = (np.maximum(0, 1 - corr) / 2.0) ** 0.5
    np.fill_diagonal(dist, 0)
    link = linkage(dist, "single")  # Euclidean distances between the columns, as in the paper
    n = len(cov)
    order = [int(link[-1, 0]), int(link[-1, 1])]
    while max(order) >= n:
        order = [m for k in order for m in ([k] if k < n else [int(link[k - n, 0]), int(link[k - n, 1])])]
    w = np.ones(n)
    clusters = [order]

    def cluster_var(items):
        c = cov[np.ix_(items, items)]
        ivp = 1 / np.diag(c)
        ivp /= ivp.sum()
        return ivp @ c @ ivp

    while clusters:
        clusters = [c[j:k] for c in clusters for j, k in ((0, len(c) // 2), (len(c) // 2, len(c))) if len(c) > 1]
        for i in range(0, len(clusters), 2):
            v0, v1 = cluster_var(clusters[i]), cluster_var(clusters[i + 1])
            alpha = 1 - v0 / (v0 + v1)
            w[clusters[i]] *= alpha
            w[clusters[i + 1]] *= 1 - alpha
    return w, order


sample = np.cov(X.T, ddof=1)
put("sample", sample)
age = np.arange(T - 1, -1, -1)
put("ewma_60", np.cov(X.T, aweights=0.5 ** (age / 60), ddof=0))
lw, s = ledoit_wolf(X)
put("ledoit_wolf", lw)
put("ledoit_wolf_shrinkage", s)
short, s = ledoit_wolf(X[-10:])
put("ledoit_wolf_10", short)
cc, s = constant_correlation(X)
put("constant_correlation", cc)
put("constant_correlation_shrinkage", s)
put("constant_correlation_10", constant_correlation(X[-10:])[0])
w, order = hrp(sample)
put("hrp", w)
signs = np.where(np.arange(N) % 3 == 0, -1, 1)
put("hrp_directed", hrp(sample * np.outer(signs, signs))[0])


def risk_parity(cov):
    sd = np.sqrt(np.diag(cov))
    c = cov / np.outer(sd, sd)
    n = len(c)
    y = np.ones(n) / np.sqrt(n)
    for _ in range(200):
        g = c @ y - 1 / n / y
        step = np.linalg.solve(c + np.diag(1 / n / y ** 2), -g)
        size = 1.0
        while np.any(y + size * step <= 0):
            size /= 2
        y = y + size * step
    w = y / sd
    return w / w.sum()


put("risk_parity", risk_parity(sample))
put("risk_parity_directed", risk_parity(sample * np.outer(signs, signs)))
# max f'm - f'Vf/2 with f >= 0 is non-negative least squares with L'f = L^-1 m
shrunk = X.mean(0) * T / (T + 365.0)
chol = np.linalg.cholesky(sample)
bets, _ = nnls(chol.T, np.linalg.solve(chol, shrunk), maxiter=10000)
put("kelly", bets)
with open(os.path.join(HERE, "expected.csv"), "w", newline="") as out:
    csv.writer(out).writerows(rows)
