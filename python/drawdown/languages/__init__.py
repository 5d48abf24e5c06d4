"""The languages of the page of a run: a file of messages for each, and what reads them."""
