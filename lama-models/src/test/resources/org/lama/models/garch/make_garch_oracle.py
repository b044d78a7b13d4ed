"""Trims the volatility oracle (arch 8.0.0, rescale=False) to what the tests read and adds higher orders.

Usage: make_garch_oracle.py ORACLES_STATS_FOLDER. Needs arch 8.0.0 (made with Python 3.11, numpy 2.4.6, scipy 1.17.1). Writes
garch-oracle.tsv.gz beside itself. Lines: series NAME values | fit SERIES kind p o q dist mean loglik params se_robust
se_classic forecast head tail fixed_params fixed_loglik fixed_tail. Lists are joined by blanks; what is not known is
empty. "own" orders (p + q > 2 or without a mean) were fitted and evaluated here, the others come from the folder.
"""
import gzip
import json
import os
import sys
import warnings

import numpy as np
from arch import arch_model

warnings.simplefilter("ignore")
src = sys.argv[1]
out = os.path.join(os.path.dirname(os.path.abspath(__file__)), "garch-oracle.tsv.gz")
KIND = {"ARCH": "ARCH", "GARCH": "GARCH", "GJR-GARCH": "GJR", "EGARCH": "EGARCH"}


def nums(values):
    return " ".join(repr(float(v)) for v in values)


def line(series, kind, p, o, q, dist, mean, loglik, params, robust, classic, forecast, head, tail, fixed, at, fixed_tail):
    return "\t".join(["fit", series, kind, str(p), str(o), str(q), dist, mean, repr(float(loglik)), nums(params), nums(robust),
                      nums(classic), nums(forecast), nums(head), nums(tail), nums(fixed), repr(float(at)), nums(fixed_tail)])


def evaluate(y, kind, p, o, q, dist, mean, params):
    vol = "EGARCH" if kind == "EGARCH" else "GARCH"
    am = arch_model(y, mean=mean, vol=vol, p=p, o=o, q=q, dist=dist, rescale=False)
    res = am.fix(params)
    return res.loglikelihood, res.conditional_volatility[-5:]


names, lines = ["DAXret", "SMIret", "sim_garch11_n"], []
data = {n: np.array(json.load(open(f"{src}/series/{n}.json"))["values"], float) for n in names}
for n in names:
    for f in json.load(open(f"{src}/garch/{n}.json"))["fits"]:
        e = f["eval_at_fixed"]
        lines.append(line(n, KIND[f["vol"]], f["p"], f["o"], f["q"], f["dist"], f["mean"], f["loglik"], f["params"].values(),
                          f["se_robust"].values(), f["se_classic"].values(), f["variance_forecast"], f["cond_vol_head"],
                          f["cond_vol_tail"], e["params"], e["loglik"], e["cond_vol_tail"]))
MORE = [
    ("GARCH", 1, 0, 2, "normal", [0.05, 0.04, 0.07, 0.5, 0.38]),
    ("GARCH", 2, 0, 2, "t", [0.05, 0.03, 0.04, 0.05, 0.5, 0.37, 6.0]),
    ("GARCH", 3, 0, 0, "t", [0.05, 0.6, 0.1, 0.15, 0.1, 5.0]),
    ("GJR", 2, 1, 1, "normal", [0.05, 0.05, 0.03, 0.03, 0.05, 0.85]),
    ("GJR", 1, 2, 1, "t", [0.05, 0.04, 0.04, 0.03, 0.04, 0.86, 7.0]),
    ("EGARCH", 2, 1, 2, "normal", [0.05, 0.004, 0.08, 0.05, -0.03, 0.6, 0.37]),
    ("EGARCH", 1, 0, 1, "t", [0.05, 0.004, 0.12, 0.97, 6.0]),
    ("EGARCH", 1, 2, 1, "normal", [0.05, 0.004, 0.12, -0.05, 0.02, 0.96]),
]
for n in names:
    for kind, p, o, q, dist, fixed in MORE:
        for mean in ["Constant", "Zero"]:
            at = fixed if mean == "Constant" else fixed[1:]
            loglik, tail = evaluate(data[n], kind, p, o, q, dist, mean, at)
            vol = "EGARCH" if kind == "EGARCH" else "GARCH"
            res = arch_model(data[n], mean=mean, vol=vol, p=p, o=o, q=q, dist=dist, rescale=False).fit(
                disp="off", options={"maxiter": 2000, "ftol": 1e-10})
            lines.append(line(n, kind, p, o, q, dist, mean, res.loglikelihood, [], [], [], [], [], [], at, loglik, tail))
head = [f"series\t{n}\t{nums(data[n])}" for n in names]
with gzip.GzipFile(out, "wb", mtime=0) as z:
    z.write(("\n".join(head + lines) + "\n").encode())
print(len(head), len(lines), os.path.getsize(out))
