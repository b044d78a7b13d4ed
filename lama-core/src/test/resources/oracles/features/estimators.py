"""Makes estimators.csv.gz: 2,000 generated bars, the estimators of an independent implementation on them
(indicators_own.csv of the shared oracles, beside ohlcv.csv) and, from the papers' formulas in plain Python
with exact sums, those readings that it does not have. Usage: estimators.py FOLDER_OF_THE_ORACLES"""
import csv, gzip, io, math, sys

folder = sys.argv[1]
bars = list(csv.DictReader(open(folder + "/ohlcv.csv")))
own = list(csv.DictReader(open(folder + "/indicators_own.csv")))
O, H, L, C, V = [[float(r[k]) for r in bars] for k in ("open", "high", "low", "close", "volume")]
W, N = 20, len(bars)
KEPT = ["rv_close_20", "parkinson_20", "garman_klass_20", "rogers_satchell_20", "yang_zhang_20", "amihud_20",
        "roll_cov_20", "roll_spread_20", "corwin_schultz_raw", "corwin_schultz_20_neg0", "kyle_lambda_ols_20",
        "kyle_lambda_logret_dollar_20", "hasbrouck_lambda_20"]


def mean(x):
    return math.fsum(x) / len(x)


def cov(x, y):
    mx, my = mean(x), mean(y)
    return math.fsum((a - mx) * (b - my) for a, b in zip(x, y)) / (len(x) - 1)


def rolling(first, f):
    return ["" if t < first else repr(f(range(t - W + 1, t + 1))) for t in range(N)]


def gk(j):
    u, d, c = math.log(H[j] / O[j]), math.log(L[j] / O[j]), math.log(C[j] / O[j])
    return 0.511 * (u - d) ** 2 - 0.019 * (c * (u + d) - 2 * u * d) - 0.383 * c * c


sign = [0.0]
for t in range(1, N):
    sign.append(1.0 if C[t] > C[t - 1] else -1.0 if C[t] < C[t - 1] else sign[-1])
r = [float("nan")] + [math.log(C[t] / C[t - 1]) for t in range(1, N)]


def hasbrouck(w):
    x = [sign[j] * math.sqrt(V[j] * C[j]) for j in w]
    y = [r[j] for j in w]
    return math.fsum(a * b for a, b in zip(x, y)) / math.fsum(a * a for a in x)


def roll(w):
    c = cov([r[j - 1] for j in w], [r[j] for j in w])
    return 2 * math.sqrt(-c) if c < 0 else 0.0


def mid(j):
    return (math.log(H[j]) + math.log(L[j])) / 2


def abdi(w):
    m = mean([4 * (math.log(C[j - 1]) - mid(j - 1)) * (math.log(C[j - 1]) - mid(j)) for j in w])
    return math.sqrt(max(0.0, m))


def edge(w):
    o, h, l = [[math.log(x[j]) for j in w] for x in (O, H, L)]
    m = [mid(j) for j in w]
    h1, l1, c1 = [[math.log(x[j - 1]) for j in w] for x in (H, L, C)]
    m1 = [mid(j - 1) for j in w]
    k = range(len(o))
    r1, r2 = [m[i] - o[i] for i in k], [o[i] - m1[i] for i in k]
    r3, r4 = [m[i] - c1[i] for i in k], [c1[i] - m1[i] for i in k]
    r5 = [o[i] - c1[i] for i in k]
    tau = [float(h[i] != l[i] or l[i] != c1[i]) for i in k]
    po = mean([tau[i] * (o[i] != h[i]) for i in k]) + mean([tau[i] * (o[i] != l[i]) for i in k])
    pc = mean([tau[i] * (c1[i] != h1[i]) for i in k]) + mean([tau[i] * (c1[i] != l1[i]) for i in k])
    pt = mean(tau)
    d1 = [r1[i] - mean(r1) / pt * tau[i] for i in k]
    d3 = [r3[i] - mean(r3) / pt * tau[i] for i in k]
    d5 = [r5[i] - mean(r5) / pt * tau[i] for i in k]
    x1 = [-4 / po * d1[i] * r2[i] - 4 / pc * d3[i] * r4[i] for i in k]
    x2 = [-4 / po * d1[i] * r5[i] - 4 / pc * d5[i] * r4[i] for i in k]
    e1, e2 = mean(x1), mean(x2)
    v1, v2 = mean([(x - e1) ** 2 for x in x1]), mean([(x - e2) ** 2 for x in x2])
    return math.sqrt(abs((v2 * e1 + v1 * e2) / (v1 + v2)))


more = {"garman_klass_full_20": rolling(W - 1, lambda w: math.sqrt(mean([gk(j) for j in w]))),
        "roll_relative_spread_20": rolling(W + 1, roll), "hasbrouck_origin_20": rolling(W, hasbrouck),
        "abdi_ranaldo_20": rolling(W, abdi), "edge_20": rolling(W, edge)}
text = io.StringIO()
out = csv.writer(text, lineterminator="\n")
out.writerow(["open", "high", "low", "close", "volume"] + KEPT + list(more))
for t in range(N):
    out.writerow([bars[t][k] for k in ("open", "high", "low", "close", "volume")] + [own[t][k] for k in KEPT]
                 + [more[k][t] for k in more])
with open("estimators.csv.gz", "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
    file.write(text.getvalue().encode())
