"""A provider's Batch API: files of requests in, files of results out, through the OpenAI SDK.

Imported when it is needed: the SDK takes most of a second to load.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import openai

from briefer.errors import BrieferError, InputError, NeedsPersonError, UnavailableError
from briefer.models.endpoint import Endpoint
from briefer.text import one_line

# The digest of a submitted file, in the batch's metadata: a submit that broke off finds its batch again by it.
_MARK = "briefer_file"
OVER = ("completed", "expired", "failed", "cancelled")
_SAFE = "nothing was lost; what was submitted is noted"
_LISTED = 100


@dataclass(frozen=True, slots=True)
class Job:
    """One batch at the provider; `files` are the ids of its results and of its errors."""

    id: str
    status: str
    done: int
    total: int
    files: tuple[str, ...] = ()


class Provider:
    """The files and batches of one endpoint."""

    def __init__(self, endpoint: Endpoint) -> None:
        """No connection is made yet."""
        self._endpoint = endpoint
        self._client = openai.OpenAI(
            api_key=endpoint.key,
            base_url=endpoint.base_url,
            max_retries=endpoint.attempts,
            timeout=httpx2.Timeout(endpoint.deadline, connect=15.0),
            http_client=openai.DefaultHttpxClient(follow_redirects=False),
        )

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def submit(self, path: Path, sha256: str) -> Job:
        """Upload a file of requests and begin its batch, unless that was done before."""
        with self._asking():
            for batch in self._begun():
                if (batch.metadata or {}).get(_MARK) == sha256:
                    return _job(batch)
            with path.open("rb") as file:
                uploaded = self._client.files.create(file=(path.name, file), purpose="batch")
            batch = self._client.batches.create(
                input_file_id=uploaded.id,
                endpoint="/v1/chat/completions",
                completion_window="24h",
                metadata={_MARK: sha256},
            )
            return _job(batch)

    def look(self, id_: str) -> Job:
        """Return where a batch is."""
        with self._asking():
            return _job(self._client.batches.retrieve(id_))

    def fetch(self, file_id: str, path: Path) -> None:
        """Write a file of results to `path`, whole or not at all, a piece at a time."""
        draft = path.with_name(f".{path.name}.part")
        with self._asking(), self._client.files.with_streaming_response.content(file_id) as response:
            with draft.open("wb") as file:
                for chunk in response.iter_bytes(1 << 20):
                    file.write(chunk)
            draft.replace(path)

    def _begun(self) -> list[openai.types.Batch]:
        try:
            return list(self._client.batches.list(limit=_LISTED).data)
        except openai.NotFoundError:
            return []  # a server that keeps no list

    @contextmanager
    def _asking(self) -> Iterator[None]:
        try:
            yield
        except (openai.AuthenticationError, openai.PermissionDeniedError) as error:
            raise NeedsPersonError(
                f"{self._endpoint.host} answered {error.status_code} to a request of its Batch API",
                hint="check the key and its permissions for files and batches",
                safe=_SAFE,
            ) from error
        except openai.APIStatusError as error:
            raise self._refused(error) from error
        except openai.APIError as error:
            raise UnavailableError(
                f"{self._endpoint.host} cannot be reached: {one_line(str(error.__cause__ or error))[:120]}",
                hint="run the same command again later",
                safe=_SAFE,
            ) from error

    def _refused(self, error: openai.APIStatusError) -> BrieferError:
        told = f"{self._endpoint.host} answered {error.status_code}"
        if error.status_code in (404, 405, 501):
            return InputError(
                f"{told}: it has no Batch API at {one_line(self._endpoint.base_url)}",
                hint="run the files by other means (vLLM: run_batch), then: briefer batch import RESULTS",
            )
        if error.status_code < 500 and error.status_code != 429:
            message = error.body.get("message") if isinstance(error.body, dict) else ""
            return InputError(f"{told}: {one_line(str(message or 'the request was refused'))[:200]}", hint="see above")
        return UnavailableError(told, hint="run the same command again later", safe=_SAFE)


def _job(batch: openai.types.Batch) -> Job:
    counts = batch.request_counts
    files = tuple(id_ for id_ in (batch.output_file_id, batch.error_file_id) if id_)
    return Job(
        batch.id, batch.status, counts.completed + counts.failed if counts else 0, counts.total if counts else 0, files
    )
