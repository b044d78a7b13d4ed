# auto.arima with regressors. Run in this folder: Rscript make_auto_xreg_oracle.R ; writes auto-xreg-oracle.tsv
# Needs R with forecast. Lines, tab-separated: name, period, values, columns (one list per column, separated by ;),
# p,d,q,P,D,Q,m, mean, drift, aicc, coefficients of the columns
suppressMessages(library(forecast))
set.seed(20)
n <- 160; x1 <- rnorm(n); x2 <- cumsum(rnorm(n)); e <- arima.sim(list(ar = 0.7), n)
one <- function(name, y, x) {
  f <- auto.arima(y, xreg = x, approximation = FALSE); o <- arimaorder(f)
  if (length(o) < 7) o <- c(o[1:3], 0, 0, 0, 1)
  b <- coef(f); cat(name, frequency(y), paste(format(c(y), digits = 17, trim = TRUE), collapse = " "),
    paste(apply(x, 2, function(c) paste(format(c, digits = 17, trim = TRUE), collapse = " ")), collapse = ";"),
    paste(o, collapse = ","), as.integer("intercept" %in% names(b)), as.integer("drift" %in% names(b)),
    format(f$aicc, digits = 17), paste(format(b[colnames(x)], digits = 17), collapse = " "), sep = "\t"); cat("\n")
}
sink("auto-xreg-oracle.tsv")
x <- cbind(a = x1, b = x2)
one("stationary", ts(3 + 2 * x1 - 0.5 * x2 + e), x)
one("walk", ts(2 * x1 - 0.5 * x2 + cumsum(rnorm(n))), x)
one("trend", ts(0.3 * (1:n) + e), cbind(t = 1:n))
s <- ts(rep(c(4, 1, -2, -3), n / 4), frequency = 4)
one("seasonal", s + 2 * x1 + ts(e, frequency = 4), cbind(a = x1))
one("deaths", USAccDeaths, cbind(a = 200 * x1[1:72]))
sink()
