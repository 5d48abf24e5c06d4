"""What every room uses: checks of arguments, files, days, text tables."""
