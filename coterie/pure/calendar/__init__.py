"""Dates as people mean them: wall clocks in a zone, what comes again, and the file of both."""
