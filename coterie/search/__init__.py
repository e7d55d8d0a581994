"""The index of words: what was said, as both databases can find it again.

Texts are cut into words here, in Python, and given to the database as words, so that SQLite
and PostgreSQL find the same. What the words belong to, and who may read it, higher floors know:
an entry is a number, words, and marks that narrow where to look. Marks only ever say too much;
permission is asked of the tables themselves, in the same query.
"""
