# Reference values of seasonal decomposition and seasonal unit-root tests.
# Run in this folder: Rscript make_seasonal.R ; writes seasonal.json.gz
# Needs R (stats), forecast, uroot, jsonlite. Series: package datasets, and simulations with the seeds below.
suppressMessages({library(forecast); library(uroot); library(jsonlite)})
noise <- function(n, seed) { set.seed(seed); rnorm(n) }
walk4 <- function(n, seed) { e <- noise(n, seed); for (t in 5:n) e[t] <- e[t] + e[t - 4]; e }
week <- function(n, seed) 10 + rep(c(3, 1, 0, -1, -2, 0, -1), length.out = n) + noise(n, seed)
hours <- function(n, seed) 0.02 * (1:n) + 2 * sin(2 * pi * (1:n) / 24) + noise(n, seed)
sarima <- function(n, seed) {
  e <- noise(n + 13, seed); w <- e[14:(n + 13)] - 0.4 * e[13:(n + 12)] - 0.6 * e[2:(n + 1)] + 0.24 * e[1:n]
  y <- cumsum(w); for (t in 13:n) y[t] <- y[t] + y[t - 12]; y
}
all <- list(
  USAccDeaths = USAccDeaths, co2 = co2, logAirPassengers = log(AirPassengers),
  logJohnsonJohnson = log(JohnsonJohnson), noise12 = ts(noise(150, 1), frequency = 12),
  walk4 = ts(walk4(90, 2), frequency = 4), week7 = ts(week(200, 3), frequency = 7),
  hours24 = ts(hours(400, 4), frequency = 24), sarima12 = ts(sarima(180, 5), frequency = 12),
  short4 = ts(walk4(17, 6), frequency = 4))
decomposed <- function(x, ...) {
  f <- stl(x, ...)
  list(seasonal = c(f$time.series[, 1]), trend = c(f$time.series[, 2]), weights = c(f$weights), win = f$win)
}
ocsb <- function(x, ...) {
  f <- tryCatch(ocsb.test(x, ...), error = function(e) NULL)
  if (is.null(f)) NULL else list(statistic = unname(f$statistics), critical = unname(f$critical),
    columns = length(coef(f$fitted.model)), rows = nobs(f$fitted.model))
}
ch <- function(x, ...) {
  f <- tryCatch(ch.test(x, ..., sid = "all"), error = function(e) NULL)
  if (is.null(f)) NULL else list(statistics = unname(f$statistics), pvalues = unname(f$pvalues), order = f$NW.order)
}
# R's stl takes the median of the remainders from a partial sort with two indices in falling order, which for some series
# of even length (logJohnsonJohnson, hours24) misses the median: the robust values are therefore of odd length.
oddpart <- function(x) ts(head(c(x), length(x) - 1 + length(x) %% 2), frequency = frequency(x))
strength <- function(x) {
  f <- mstl(x); r <- c(f[, "Remainder"]); s <- c(f[, 3])
  max(0, min(1, 1 - var(r) / var(r + s)))
}
one <- function(x) {
  lags <- list()
  for (l in 0:3) lags[[l + 1]] <- ocsb(x, lag.method = "fixed", maxlag = l)
  list(period = frequency(x), values = c(x), strength = strength(x),
    stl_periodic = decomposed(x, s.window = "periodic"), stl_7 = decomposed(x, s.window = 7),
    stl_robust = decomposed(oddpart(x), s.window = 7, robust = TRUE),
    stl_degree = decomposed(x, s.window = 13, s.degree = 1, t.degree = 0, l.degree = 1, t.window = 15, s.jump = 1, t.jump = 1, l.jump = 1),
    ocsb_fixed = lags, ocsb_aic = ocsb(x, lag.method = "AIC", maxlag = 3), ocsb_bic = ocsb(x, lag.method = "BIC", maxlag = 3),
    ocsb_aicc = ocsb(x, lag.method = "AICc", maxlag = 3),
    ch_trig = ch(x, type = "trigonometric"), ch_trig_raw = ch(x, type = "trigonometric", pvalue = "raw"),
    ch_lag1 = ch(x, type = "trigonometric", lag1 = TRUE, NW.order = 3), ch_dummy = ch(x, type = "dummy", pvalue = "raw"),
    nsdiffs = sapply(c("seas", "ocsb", "ch"), function(t) suppressWarnings(tryCatch(nsdiffs(x, test = t), error = function(e) NA))),
    nsdiffs2 = sapply(c("seas", "ocsb", "ch"), function(t) suppressWarnings(tryCatch(nsdiffs(x, test = t, max.D = 2), error = function(e) NA))))
}
out <- list(source = paste(R.version.string, "forecast", packageVersion("forecast"), "uroot", packageVersion("uroot")),
  ocsb_critical = lapply(c(2:24, 30, 52, 168, 365), function(m) {
    set.seed(m); list(period = m, value = unname(ocsb.test(ts(rnorm(6 * m + 30), frequency = m))$critical)) }),
  series = lapply(all, one))
con <- gzfile("seasonal.json.gz", "w"); write(toJSON(out, auto_unbox = TRUE, digits = NA, na = "null"), con); close(con)
