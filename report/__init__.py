"""The report on all collaboration with civil society, its figures and what stands behind them."""
