"use strict";
const changes = [...document.querySelectorAll(".change")];
const filters = [...document.querySelectorAll("[data-filter]")];
const cells = [...document.querySelectorAll(".matrix button")];
const count = document.getElementById("count");
const none = document.getElementById("none");
const save = document.getElementById("save");

function wanted(change) {
  return filters.every((filter) => {
    if (filter.type === "checkbox") return !filter.checked || change.dataset[filter.dataset.filter] === "yes";
    return !filter.value || change.dataset[filter.dataset.filter] === filter.value;
  });
}

function show() {
  let shown = 0;
  for (const change of changes) {
    change.hidden = !wanted(change);
    shown += !change.hidden;
  }
  for (const group of document.querySelectorAll(".group")) {
    group.hidden = !group.querySelector(".change:not([hidden])");
  }
  const [story, section] = ["story", "section"].map((name) => document.querySelector(`[data-filter=${name}]`).value);
  for (const cell of cells) {
    cell.setAttribute("aria-pressed", cell.dataset.story === story && cell.dataset.section === section);
  }
  count.textContent = `${shown} of ${changes.length} differences`;
  none.hidden = shown > 0;
}

for (const filter of filters) filter.addEventListener("change", show);
for (const cell of cells) {
  cell.addEventListener("click", () => {
    const pressed = cell.getAttribute("aria-pressed") === "true";
    for (const name of ["story", "section"]) {
      document.querySelector(`[data-filter=${name}]`).value = pressed ? "" : cell.dataset[name];
    }
    document.querySelector("[data-filter=steady]").checked = false;
    show();
  });
}

for (const button of document.querySelectorAll(".ticks button")) {
  button.addEventListener("click", () => {
    const pressed = button.getAttribute("aria-pressed") !== "true";
    for (const other of button.parentElement.children) other.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-pressed", pressed);
    const ticked = document.querySelectorAll(".ticks [aria-pressed=true]").length;
    save.disabled = !ticked;
    save.textContent = ticked ? `Save ${ticked} as expectations` : "Save as expectations";
  });
}

// JSON's strings are TOML's basic strings, but for DEL, which JSON leaves as it is.
const quoted = (text) => JSON.stringify(text).replace(/\u007f/g, "\\u007f");

function standard(story, ticked) {
  const lines = [`story = ${quoted(story.name)}`, `sha256 = ${quoted(story.sha256)}`];
  for (const button of ticked) {
    const { text, section, outlet, cites } = button.parentElement.dataset;
    lines.push("", "[[expect]]", `${button.dataset.tick} = ${quoted(text)}`, `section = ${quoted(section)}`);
    if (outlet) lines.push(`outlet = ${quoted(outlet)}`);
    if (button.dataset.tick === "must_mention") lines.push(`cites = ${JSON.stringify(cites.split(" "))}`);
  }
  return `${lines.join("\n")}\n`;
}

save.addEventListener("click", () => {
  const stories = new Map();
  for (const button of document.querySelectorAll(".ticks [aria-pressed=true]")) {
    const { story, storyName } = button.closest(".change").dataset;
    if (!stories.has(story)) stories.set(story, { sha256: story, name: storyName, ticked: [] });
    stories.get(story).ticked.push(button);
  }
  for (const story of stories.values()) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([standard(story, story.ticked)], { type: "application/toml" }));
    link.download = `${story.name.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60) || "story"}-${story.sha256.slice(0, 8)}.toml`;
    link.click();
    URL.revokeObjectURL(link.href);
  }
});

show();
