#!/usr/bin/env python3
"""Prints the address of a PostgreSQL on this machine where tests may create a database."""

import os
import sys

import psycopg

CANDIDATES = (
    "postgres:///coterie",
    "postgres://postgres@/coterie",
    "postgres://postgres@127.0.0.1:5432/coterie",
    "postgres://root@127.0.0.1:5432/coterie",
)


def may_create(url: str) -> bool:
    """Whether this role may make the test database."""
    try:
        with psycopg.connect(url.replace("/coterie", "/postgres"), connect_timeout=3) as connection:
            query = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            row = connection.execute(query).fetchone()
    except psycopg.Error:
        return False
    return bool(row and row[0])


if asked := os.environ.get("COTERIE_TEST_DATABASE"):
    print(asked)
    sys.exit(0)
for candidate in CANDIDATES:
    if may_create(candidate):
        print(candidate)
        sys.exit(0)
sys.exit(1)
