"""Makes tear_sheet.csv beside this file from metrics.json of the oracle folder.

Usage: python make_tear_sheet.py ORACLE_FOLDER . ; numpy 2.4.6, pandas 3.1.1, empyrical-reloaded 0.7.1, quantstats 0.0.86.
Rows "lib." are stored in metrics.json; rows "qs." and "ep." are computed here by those libraries; rows "np." by the
formulas below, which share no code with the Java they check.
"""
import json, sys, warnings
import numpy as np, pandas as pd, quantstats.stats as qs, empyrical as ep

warnings.filterwarnings("ignore")
source, target = sys.argv[1], sys.argv[2]
P = 365
lines = []
for s in json.load(open(f"{source}/metrics.json"))["series"]:
    index = pd.date_range("2015-01-01", periods=s["n"], freq="D")
    r, b = pd.Series(s["returns"], index), pd.Series(s["benchmark"], index)
    x, y = r.to_numpy(), b.to_numpy()
    n = len(x)
    values = {}
    for lib, figures in s["lib"].items():
        for key, value in figures.items():
            for k, v in value.items() if isinstance(value, dict) else [(key, value)]:
                values[f"lib.{lib}.{k if not isinstance(value, dict) else key + '.' + k}"] = v
    values["ep.upCapture252"] = ep.up_capture(r, b)
    values["ep.downCapture252"] = ep.down_capture(r, b)
    values["qs.commonSenseRatio"] = qs.common_sense_ratio(r)
    values["qs.gainToPain"] = qs.gain_to_pain_ratio(r)
    values["qs.riskOfRuin"] = qs.risk_of_ruin(r)
    values["qs.longestWinningStreak"] = qs.consecutive_wins(r)
    values["qs.longestLosingStreak"] = qs.consecutive_losses(r)
    values["qs.timeInMarket"] = np.mean(x != 0)  # quantstats rounds its exposure up to whole per cents
    values["qs.bestPeriod"] = qs.best(r)
    values["qs.worstPeriod"] = qs.worst(r)
    values["qs.expectedReturn"] = qs.expected_return(r)
    eq = np.cumprod(1 + x)
    dd = eq / np.maximum(1, np.maximum.accumulate(eq)) - 1
    growth = eq[-1] ** (P / n) - 1
    values["np.recoveryFactor"] = (eq[-1] - 1) / abs(dd.min())
    values["np.martinRatio"] = growth / np.sqrt(np.mean(dd**2))
    values["np.downsideDeviationAnnual"] = np.sqrt(np.mean(np.minimum(x, 0) ** 2) * P)
    values["np.correlation"] = np.corrcoef(x, y)[0, 1]
    values["np.treynor"] = x.mean() * P / (np.cov(x, y)[0, 1] / np.var(y, ddof=1))
    lags = int(np.floor(4 * (n / 100) ** (2 / 9)))
    c = x - x.mean()
    rho = [np.sum(c[k:] * c[: n - k]) / np.sum(c * c) for k in range(1, lags + 1)]
    eta = P / np.sqrt(P + 2 * sum((P - k) * rho[k - 1] for k in range(1, lags + 1)))
    values["np.sharpeAutocorrelationAdjusted"] = x.mean() / x.std(ddof=1) * eta
    losses = np.sort(-x[x < 0])[::-1]
    k = int(np.floor(0.05 * n))
    values["np.tailIndex"] = 1 / np.mean(np.log(losses[:k] / losses[k]))
    lines += [f"{s['name']},{key},{float(value)!r}" for key, value in values.items()]
with open(f"{target}/tear_sheet.csv", "w") as f:
    f.write("\n".join(lines) + "\n")
