"""How one process tells the hubs of all that something is new somewhere.

A bus carries names of topics and nothing else. It may lose and double them.
"""

from coterie.live.buses.base import Bus, Hear
from coterie.live.buses.nowhere import Nowhere

__all__ = ["Bus", "Hear", "Nowhere"]
