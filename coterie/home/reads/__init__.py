"""What the pages of the house's hall need, each in a constant number of queries."""
