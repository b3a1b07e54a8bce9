"""A saved web page as an article: its text, and what its own tags say of outlet, title and date."""

from __future__ import annotations

from html.parser import HTMLParser

_BLOCKS = {"p", "h1", "h2", "h3", "h4", "li", "blockquote", "figcaption", "div", "section", "article", "tr", "br"}
_SILENT = {
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "nav",
    "header",
    "footer",
    "aside",
    "form",
    "head",
    "button",
}
_META = {
    "og:site_name": "outlet",
    "og:title": "title",
    "article:published_time": "published",
    "author": "author",
    "og:url": "url",
}


def read_page(page: str) -> dict[str, str]:
    """Return the article of a saved page: `text`, and where the page says so its outlet, title, date, author, url.

    Plain reading of the markup; `briefer collect` finds the article in a cluttered page.
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return {**reader.fields, "text": reader.text()}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.fields: dict[str, str] = {}
        self._silent: list[str] = []
        self._parts: list[str] = []
        self._in_article = 0
        self._article: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {k: v or "" for k, v in attrs}
        if tag == "meta":
            key = _META.get(values.get("property") or values.get("name") or "")
            if key and values.get("content"):
                self.fields.setdefault(key, values["content"].strip())
        elif tag == "html" and values.get("lang"):
            self.fields.setdefault("language", values["lang"][:2].lower())
        elif tag == "body":
            self._silent.clear()  # </head> may be left out
        elif tag in _SILENT:
            self._silent.append(tag)
        if tag == "article":
            self._in_article += 1
        if tag in _BLOCKS:
            self._add("\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass
        if tag == "article" and self._in_article:
            self._in_article -= 1
        if tag in _BLOCKS:
            self._add("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._add(" ".join(data.split("\n")))

    def _add(self, text: str) -> None:
        self._parts.append(text)
        if self._in_article:
            self._article.append(text)

    def text(self) -> str:
        chosen = "".join(self._article) if any(p.strip() for p in self._article) else "".join(self._parts)
        paragraphs = (" ".join(p.split()) for p in chosen.split("\n\n"))
        return "\n\n".join(p for p in paragraphs if p)
