"""What is learned from data: observations, fits, scores, forecasts, updates."""
