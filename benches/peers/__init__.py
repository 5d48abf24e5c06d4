"""The jobs, as an analyst would otherwise run them."""
