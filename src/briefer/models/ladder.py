"""One step down at a time: what a server and its model take, as far as this run knows."""

from __future__ import annotations

from briefer.models.endpoint import Endpoint
from briefer.models.features import Features, Shape
from briefer.models.known import Known


class Ladder:
    """What is sent to one server for one model; calls that run side by side share it.

    `notes` are plain sentences about settings that could not be sent, and about what was sent back.
    """

    def __init__(self, endpoint: Endpoint, known: Known) -> None:
        """Begin with what is known of the server."""
        self._endpoint = endpoint
        self._known = known
        self._followed = False
        self.features = known.get(endpoint.base_url, endpoint.model)
        self.notes: list[str] = []
        self._note(Features(), self.features)

    @property
    def is_tried(self) -> bool:
        """Whether the schema need not be looked for in a reply: it stands in the prompt, or has been followed."""
        return self._followed or self.features.shape >= Shape.JSON

    def followed(self) -> None:
        """Note a reply that follows the schema."""
        self._followed = True

    def rejected(self, sent: Features, words: str) -> bool:
        """Step down after a request with `sent` was rejected; False if nothing is left that could help."""
        if self.features != sent:  # another call has stepped down meanwhile
            return True
        lower = sent.after(words)
        if lower is None:
            return False
        self._note(sent, lower)
        self.features = lower
        self._known.put(self._endpoint.base_url, self._endpoint.model, lower)
        return True

    def ignored(self, sent: Features) -> None:
        """Step down after a reply that does not follow the schema; one such reply is not kept for other runs."""
        if self.features == sent:
            self.features = sent.ignored()

    def counted(self, replies: int) -> None:
        """Note, once, that the server sent more than one reply to a call."""
        note = f"{self._endpoint.host} sent several replies to one call; the first one counts"
        if replies > 1 and note not in self.notes:
            self.notes.append(note)

    def _note(self, before: Features, after: Features) -> None:
        model, temperature = self._endpoint.model, self._endpoint.temperature
        if before.temperature and not after.temperature and temperature is not None:
            self.notes.append(f"{model} takes no temperature: its own is used instead of {temperature:g}")
        if before.limit and not after.limit and self._endpoint.reply_tokens is not None:
            self.notes.append(f"{model} takes no limit on its replies: reply_tokens has no effect")
