"""The page on a run, and results as folders."""
