"""WhatsApp's chat export: the text that a phone shares, alone or in the zip with its media.

A time in it has no zone, and a date no order that it tells: the order is settled by what stands in
the file, or asked for. Photos, voice notes and files are never kept, nor phone numbers as names.
"""

from coterie.pure.parsers.whatsapp.reading import contacts, preview, read, recognises

FORMAT = "whatsapp"

__all__ = ["FORMAT", "contacts", "preview", "read", "recognises"]
