"""The page's style: one column, quiet colours, light and dark, phone and paper."""

PALETTE = """
:root {
  color-scheme: light dark;
  --paper: #fdfcf9; --ink: #1d1c1a; --soft: #6a665f; --line: #e4e0d8; --accent: #8a2f1d; --mark: #fff3c4;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #171614; --ink: #e9e6df; --soft: #a09b91; --line: #35322d; --accent: #f0967f; --mark: #4a3d12;
  }
}
"""

CSS = (
    PALETTE
    + """
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: anywhere;
  font: 1.0625rem/1.6 Charter, "Bitstream Charter", "Iowan Old Style", "Source Serif 4", Georgia, serif;
}
main { max-width: 42rem; margin: 0 auto; padding: 3rem 1.25rem 4rem; }
p { margin: 0 0 .8em; }
h1 { font-size: clamp(1.7rem, 1.3rem + 2vw, 2.35rem); line-height: 1.18; margin: 0 0 .6rem; text-wrap: balance; }
h2 {
  margin: 2.6rem 0 .9rem; padding-top: .9rem; border-top: 1px solid var(--line);
  font-size: 1.3rem; line-height: 1.3; color: var(--accent);
}
h3 { margin: 1.5rem 0 .25rem; font-size: 1.0625rem; line-height: 1.4; }
ul, ol { margin: 0 0 .8em; padding-inline-start: 1.2rem; }
li { margin: 0 0 .35em; }
a { color: inherit; text-decoration-color: var(--soft); text-decoration-thickness: 1px; text-underline-offset: .15em; }
.kicker, .meta, .legend, .value, time, summary, .evidence, .colophon, .notes, .where, .who {
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
}
.kicker { margin: 0 0 .5rem; font-size: .875rem; color: var(--accent); }
.meta, .legend { margin: 0; font-size: .875rem; color: var(--soft); }
.missing, .about { font-style: italic; }
.missing { color: var(--soft); }
.s { unicode-bidi: isolate; }
.sign { color: var(--soft); }
sup {
  font: 500 .66em/0 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
  margin-inline-start: .1em; white-space: nowrap; word-spacing: -.05em;
}
sup a { padding-block: .4em; color: var(--soft); text-decoration: none; }
sup a:hover { color: var(--accent); text-decoration: underline; }
h1 sup { font-size: .4em; vertical-align: 1.2em; }
.timeline, .sides, .notes { list-style: none; padding: 0; }
.timeline li { display: grid; grid-template-columns: 8.5rem 1fr; gap: 0 1rem; margin: 0 0 .6em; }
.timeline time, .timeline .when { font-size: .875rem; line-height: 1.9; color: var(--soft); }
.blurbs p { margin: 0 0 .7em; }
.about { margin: .8rem 0 .5rem; }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 1rem 1.5rem; }
.sides li { margin: 0; padding-inline-start: .9rem; border-inline-start: 2px solid var(--line); }
.sides p { margin: 0; }
.value { font-weight: 600; font-size: .9375rem; }
.who { font-size: .875rem; color: var(--soft); }
.sides .words { margin-top: .3rem; font-size: .95rem; line-height: 1.5; }
details { margin: 0 0 .9rem; }
summary { cursor: pointer; font-size: .9375rem; line-height: 1.5; }
summary::marker { color: var(--soft); }
.evidence, .notes, .withheld { font-size: .875rem; line-height: 1.5; }
.evidence { list-style: none; margin: .4rem 0 0; padding: 0; color: var(--soft); }
.evidence li { display: grid; grid-template-columns: 1.6rem 3.2rem 1fr; gap: 0 .4rem; margin: 0; padding: .2rem 0; }
.evidence a { text-decoration: none; }
.evidence li:target { background: var(--mark); color: var(--ink); }
.address { margin: .2rem 0 0; font-size: .8125rem; color: var(--soft); }
.where { margin: 1rem 0 0; color: var(--soft); }
.withheld del { text-decoration-color: var(--soft); }
.withheld p { margin-bottom: .2rem; }
.colophon {
  margin: 3rem 0 0; padding-top: .9rem; border-top: 1px solid var(--line);
  font-size: .8125rem; color: var(--soft);
}
@media (max-width: 34rem) {
  main { padding-top: 1.75rem; }
  .timeline li { display: block; }
  .timeline time, .timeline .when { display: block; line-height: 1.5; }
}
@media print {
  :root { --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --accent: #000; }
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  h2, h3, .about { break-after: avoid; }
  li { break-inside: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
"""
)
