"""The doors: the library's pages as they stand here, one's own account, the operator's desk."""
