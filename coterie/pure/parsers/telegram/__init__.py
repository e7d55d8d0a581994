"""Telegram Desktop's JSON export: one chat or a whole account, plain or in an archive.

Kept are groups and channels, with what was said in them. Never kept, only counted, are personal
chats, chats with bots and what bots wrote, saved messages, contacts, phone numbers, places, files
and the names behind forwards.
"""

from coterie.pure.parsers.telegram.reading import contacts, read
from coterie.pure.parsers.telegram.survey import preview, recognises

FORMAT = "telegram"

__all__ = ["FORMAT", "contacts", "preview", "read", "recognises"]
