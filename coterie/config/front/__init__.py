"""The ASGI front: one port, one event loop, and Django's WSGI handler in a fixed thread pool.

Django's own ASGI handler costs ten times as much per request and opens a database
connection for each; here threads and connections live as long as the process.
"""

from coterie.config.front.front import Front

__all__ = ["Front"]
