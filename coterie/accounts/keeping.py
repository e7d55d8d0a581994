"""What of an account is kept: nothing here is a persona's or a community's.

All of it goes with the account (`actions.closing`), sessions and mails earlier still.
"""

from coterie.accounts.models import Account, Errand, OneTimeLink, OutgoingMail, Session, Ticket
from coterie.core.keeping import keep

keep(Account, why="Somebody signs in with it.", export=None, erase=None)
keep(Session, why="A browser is remembered until it runs out.", export=None, erase=None)
keep(OneTimeLink, why="It opens one door once.", export=None, erase=None)
keep(
    OutgoingMail,
    why="It waits a week for an operator without mail server.",
    export=None,
    erase=None,
)
keep(Ticket, why="Nobody sends more letters in a day than is good.", export=None, erase=None)
keep(Errand, why="What an account that closed left to do.", export=None, erase=None)
