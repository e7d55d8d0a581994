"""What becomes of what imports brought."""

from coterie.audiences.models import Arrival, ImportedAuthor, ImportedChat
from coterie.core.keeping import keep

keep(
    Arrival,
    why="So that an import that was stopped goes on where it was, for a day.",
    export=None,
    erase=None,
)
keep(
    ImportedChat,
    why="So that a second export of the same chat adds only what is new.",
    export=None,
    erase=None,
)
keep(
    ImportedAuthor,
    why="So that the people of an export can say what becomes of their words, for 60 days.",
    # It stands for somebody who owns no persona here: nothing of it is a persona's.
    export=None,
    erase=None,
)
