"""The explorer: controls of a scenario beside pictures that follow, on a page or in a notebook."""
