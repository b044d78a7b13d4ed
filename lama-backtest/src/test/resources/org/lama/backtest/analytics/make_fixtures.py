"""Makes the fixtures beside this file from the oracle folder (metrics.json, pbo_*.csv).

Usage: python make_fixtures.py ORACLE_FOLDER . ; needs numpy 2.4.6 and arch 8.0.0 (for the block lengths).
Returns keep all digits; the matrices for the overfitting probability are rounded to 1e-13 and stored as integers in that
unit, which moves a Sharpe ratio of a block by less than 1e-11.
"""
import gzip, json, sys
import numpy as np
from arch.bootstrap import optimal_block_length

source, target = sys.argv[1], sys.argv[2]


def store(name, text):
    with open(f"{target}/{name}", "wb") as f, gzip.GzipFile(filename="", fileobj=f, mode="wb", mtime=0) as z:
        z.write(text.encode())


oracle = json.load(open(f"{source}/metrics.json"))
rows, values = [], []
for s in oracle["series"]:
    rows += [f"{s['name']},{r!r},{b!r}" for r, b in zip(s["returns"], s["benchmark"])]
    values += [f"{s['name']},{k},{v!r}" for k, v in s["own"].items() if v is not None]
    for label, x in (("return", np.array(s["returns"])), ("square", np.array(s["returns"]) ** 2)):
        values.append(f"{s['name']},block_length_{label},{float(optimal_block_length(x)['stationary'].iloc[0])!r}")
store("series.csv.gz", "\n".join(rows) + "\n")
with open(f"{target}/expected.csv", "w") as f:
    f.write("\n".join(values) + "\n")
lines = []
for i, p in enumerate(oracle["pbo"]):
    m = np.round(np.loadtxt(f"{source}/{p['matrix_csv']}", delimiter=",") * 1e13).astype(np.int64)
    store(f"pbo_{i}.csv.gz", "\n".join(",".join(map(str, row)) for row in m) + "\n")
    lines += [f"{i},{k},{p[k]!r}" for k in ("S", "n_combinations", "pbo", "pbo_strict", "logit_mean", "degradation_slope",
                                            "degradation_intercept", "prob_oos_loss")]
    lines += [f"{i},logit_{j},{v!r}" for j, v in enumerate(p["logit_first5"])]
with open(f"{target}/pbo_expected.csv", "w") as f:
    f.write("\n".join(lines) + "\n")
