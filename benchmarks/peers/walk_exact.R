# Rscript walk_exact.R CSV: the exact search of R's auto.arima over windows of 365, 30 apart; one JSON line with the AICc of each
suppressMessages({library(forecast); library(jsonlite)})
y <- read.csv(commandArgs(TRUE)[1])$value
starts <- seq(0, length(y) - 395, by = 30)
begin <- proc.time()
fits <- lapply(starts, function(s)
  auto.arima(y[s + (1:365)], max.p = 5, max.q = 5, seasonal = FALSE, approximation = FALSE))
spent <- proc.time() - begin
cat(toJSON(list(lib = "R-forecast", task = "walk-exact", n = length(y), threads = 1, reps = 1,
  wall_min = spent[[3]], cpu_min = spent[[1]] + spent[[2]], windows = length(starts), windows_run = length(starts),
  aiccs = vapply(fits, function(f) f$aicc, 0), differences = vapply(fits, function(f) f$arma[6], 0)),
  auto_unbox = TRUE, digits = 8), "\n")
