"""Small Telegram exports, written for tests."""

import json
from pathlib import Path
from typing import Any

Raw = dict[str, Any]
START = 1_600_000_000


def said(id: int, text: Any = "Hello", who: str = "Moss", **more: Any) -> Raw:
    raw: Raw = {"id": id, "type": "message", "date_unixtime": str(START + abs(id))}
    raw |= {"date": "2020-09-13T14:26:40", "from": who, "from_id": f"user{sum(map(ord, who))}"}
    return raw | {"text": text} | more


def service(id: int, action: str, **more: Any) -> Raw:
    raw = {"id": id, "type": "service", "date_unixtime": str(START + abs(id)), "action": action}
    return raw | more


def chat(
    *messages: Any, name: str | None = "Ferns", kind: str = "private_supergroup", id: int = 7
) -> Raw:
    return {"name": name, "type": kind, "id": id, "messages": list(messages)}


def account(*chats: Raw, **more: Any) -> Raw:
    return {"about": "All of it", "chats": {"about": "Chats", "list": list(chats)}} | more


def written(folder: Path, export: Any, name: str = "result.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(export, ensure_ascii=False), "utf-8")
    return path
