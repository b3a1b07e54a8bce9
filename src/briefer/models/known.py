"""What servers turned out to take, kept from run to run, so that no run asks for it again."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from briefer.disk import make_folder, write_atomic
from briefer.errors import StorageError
from briefer.models.features import Features

_KEPT_DAYS = 7  # servers are updated; then the best is tried again
_MOST = 200


class Known:
    """One small JSON file in the user's cache. Where it cannot be read or written, nothing is remembered."""

    def __init__(self, path: Path | None = None) -> None:
        """`path` is the file; None keeps nothing."""
        self._path = path

    def get(self, address: str, model: str) -> Features:
        """Return what a server takes for a model: what was learnt, or the best of everything."""
        with suppress(ValueError, TypeError, KeyError):
            return Features.from_json(self._fresh(address, model)["features"])
        return Features()

    def window(self, address: str, model: str) -> int | None:
        """Return the window of a model in tokens, if it was learnt."""
        tokens = self._fresh(address, model).get("window")
        return tokens if isinstance(tokens, int) and tokens > 0 else None

    def put(self, address: str, model: str, features: Features) -> None:
        """Keep what a server takes."""
        self._keep(address, model, features=features.as_json())

    def put_window(self, address: str, model: str, tokens: int) -> None:
        """Keep the window that was learnt."""
        self._keep(address, model, window=tokens)

    def _fresh(self, address: str, model: str) -> dict[str, Any]:
        entry: dict[str, Any] = self._entries().get(f"{address} {model}", {})
        with suppress(TypeError, KeyError):
            if 0 <= time.time() - entry["at"] < _KEPT_DAYS * 86400:
                return entry
        return {}

    def _keep(self, address: str, model: str, **learnt: Any) -> None:
        kept = self._fresh(address, model) | learnt
        entries = self._entries()
        entries.pop(f"{address} {model}", None)
        entries[f"{address} {model}"] = kept | {"at": int(time.time())}
        self._write(dict(list(entries.items())[-_MOST:]))

    def learnt_at(self, address: str, model: str) -> datetime | None:
        """Return when something was last learnt; None where nothing is remembered."""
        with suppress(ValueError, TypeError, KeyError, OverflowError):
            return datetime.fromtimestamp(self._fresh(address, model)["at"], UTC)
        return None

    def forget(self, address: str, model: str) -> None:
        """Keep nothing of a server and its model."""
        entries = self._entries()
        if entries.pop(f"{address} {model}", None) is not None:
            self._write(entries)

    def _write(self, entries: dict[str, Any]) -> None:
        if self._path is None:
            return
        with suppress(StorageError, OSError):
            make_folder(self._path.parent)
            write_atomic(self._path, json.dumps(entries, indent=1).encode() + b"\n")

    def _entries(self) -> dict[str, Any]:
        with suppress(OSError, ValueError, AttributeError):
            entries = json.loads(self._path.read_bytes()) if self._path else {}
            return {str(name): entry for name, entry in entries.items() if isinstance(entry, dict)}
        return {}


def known_servers() -> Known:
    """Return what is remembered in the user's cache."""
    from platformdirs import user_cache_path

    return Known(user_cache_path("briefer") / "servers.json")
