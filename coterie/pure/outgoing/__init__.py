"""The one door through which this house asks strangers for something.

Whatever is fetched because somebody named an address goes through `fetch`: it may be an attack
on whoever stands next to us. A house test looks that nobody else opens a connection.
"""

from coterie.pure.outgoing.addresses import is_public
from coterie.pure.outgoing.asking import Answer, Guard, Silent, Unreachable, fetch

__all__ = ["Answer", "Guard", "Silent", "Unreachable", "fetch", "is_public"]
