// What the queue of a review shows: drawn anew for each event, texts as text. One script with
// review_queue.js, which it follows.

function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
}

function draw(now, whole) {
  const item = now.items[0];
  const stays = !whole && item && now.shown === item && now.root.firstChild;
  if (stays) return now.root.firstChild.replaceWith(head(now));
  if (document.activeElement?.matches(".fr-rv-find") && now.shown?.id !== item?.id) {
    now.deaf = performance.now() + 1000; // what is still typed was meant for the event before
  }
  const card = item ? [cardOf(now, item), articleOf(now, item)] : [nothing(now)];
  now.root.replaceChildren(head(now), el("div", { class: "fr-rv-pair" }, ...card));
  if (item && now.shown?.id !== item.id) scroll(now.root);
  now.shown = item;
}

function head(now) {
  const { words, progress, others, lang } = now.data;
  const told = { accepted: 0, corrected: 0, rejected: 0, unread: 0, mine: 0, ...progress };
  for (const act of lasts(now)) count(now, told, act);
  const done = told.accepted + told.corrected + told.rejected;
  const all = done + told.unread;
  const number = Object.fromEntries(
    Object.entries({ ...told, n: done, all }).map(([k, v]) => [k, v.toLocaleString(lang)]));
  const line = fill(words.progress, number);
  return el("div", { class: "fr-rv-head" },
    el("progress", { max: all || 1, value: done, "aria-label": line }), el("span", {}, line),
    others.length ? el("span", {}, fill(words.others, { names: others.join(", ") })) : "",
    el("span", { class: "fr-rv-said", role: "status" }, now.said),
    now.problem ? el("p", { class: "fr-problem", role: "alert" }, now.problem) : "");
}

// what the server does not count yet
function count(now, told, act) {
  if (!isVerdict(act)) return;
  told[now.data.list ? "accepted" : act.kind] += 1;
  told.unread -= 1;
  told.mine += 1;
}

function nothing(now) {
  const { words, progress, others, items } = now.data;
  const waits = now.acts.length && progress.unread > now.acts.length;
  const told = waits ? words.wait : others.length && progress.unread ? words.empty_others : words.empty;
  return el("div", { class: "fr-rv-card", tabindex: "-1" }, el("p", { class: "fr-line" }, told),
    now.past.length ? button(now, "U", words.undo, undo) : "");
}

function cardOf(now, item) {
  const words = now.data.words;
  const changed = Object.keys(now.changed).length;
  return el("section", { class: "fr-rv-card", tabindex: "-1", "aria-label": words.event,
    "data-event": item.id },
    el("p", { class: "fr-line" }, item.headline),
    item.why.length ? el("p", { class: "fr-small" }, item.why.join(" · ")) : "",
    el("div", { class: "fr-rv-fields" }, ...item.fields.flatMap((field) => fieldOf(now, field))),
    el("div", { class: "fr-rv-acts" },
      button(now, "A", changed ? words.save : words.accept, ACTS.a, "fr-rv-main"),
      button(now, "X", words.reject, ACTS.x), button(now, "N", words.next, later),
      button(now, "U", words.undo, undo, "", !now.past.length),
      button(now, "E", words.more, ACTS.e)),
    el("p", { class: "fr-small" }, words.keys));
}

const button = (now, key, words, act, style = "", off = false) =>
  el("button", { type: "button", class: style, disabled: off, onclick: () => act(now), "aria-keyshortcuts": key },
    el("kbd", { "aria-hidden": "true" }, key), words);

function fieldOf(now, field) {
  const changed = field.name in now.changed;
  const sure = changed ? fill(now.data.words.before, { words: field.words }) : field.sure;
  const isOpen = now.open === field.name;
  const chip = el("button", {
    type: "button", class: "fr-rv-chip" + (changed ? " fr-rv-changed" : ""), "data-field": field.name,
    "data-level": changed ? "" : field.level, "aria-expanded": String(isOpen), "aria-keyshortcuts": field.key,
    onclick: () => (isOpen ? close(now) : open(now, field.name)),
  }, el("kbd", { "aria-hidden": "true" }, field.key), el("span", {}, field.label),
    el("b", {}, wordsOf(now, field)), el("i", {}, sure));
  return isOpen ? [chip, choicesOf(now, field)] : [chip];
}

function choicesOf(now, field) {
  const words = now.data.words;
  const list = el("div", { class: "fr-rv-options", role: "group", "aria-label": field.label });
  const fillList = (typed) => list.replaceChildren(...offered(now, field, typed).map((choice, at) => {
    const [value, told, sure = ""] = choice;
    const codes = field.several ? JSON.parse(valueOf(now, field)) : [valueOf(now, field)];
    const on = value ? codes.includes(value) : !codes.length;
    return el("button", { type: "button", "aria-pressed": String(on),
      onclick: (event) => choose(now, field, value, event.shiftKey && field.several) },
      el("kbd", { "aria-hidden": "true" }, String(at + 1)), el("span", {}, told), el("i", {}, sure));
  }));
  fillList("");
  const hint = field.name === "date" ? words.day : words.find;
  const first = (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // else it would press the chip too, which has the focus then
    list.querySelector("button")?.click();
  };
  const find = el("input", { class: "fr-rv-find", type: "text", placeholder: hint, "aria-label": hint,
    oninput: (event) => fillList(event.target.value.trim()), onkeydown: first });
  return el("div", { class: "fr-rv-open" }, list, field.name === "status" ? "" : find,
    el("p", { class: "fr-small" }, words.choose));
}

function articleOf(now, item) {
  const { article } = item, words = now.data.words;
  const marks = (parts) => parts.map(([text, style]) => (style ? el("span", { class: style }, text) : text));
  const cut = (is) => (is ? el("p", { class: "fr-small" }, words.cut) : "");
  return el("article", { class: "fr-rv-article fr-text", lang: article.lang, tabindex: "0", "aria-label": words.article },
    el("p", { class: "fr-small", lang: now.data.lang }, article.origin), el("h2", {}, ...marks(article.title)),
    cut(article.cut[0]), ...article.text.map((parts) => el("p", {}, ...marks(parts))), cut(article.cut[1]));
}

function scroll(root) {
  const box = root.querySelector(".fr-rv-article"), asked = box?.querySelector(".fr-asked");
  if (!asked) return;
  const off = asked.getBoundingClientRect().top - box.getBoundingClientRect().top;
  box.scrollTop += off - box.clientHeight / 3;
}
