"""Mathematics that knows nothing of withdrawals."""
