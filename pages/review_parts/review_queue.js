// The queue of a review: shows the next event at once, tells the server afterwards. What the server
// has not confirmed is sent again with every act. Texts are only ever set as text.
const kept = new Map(); // by element: what survives when the server sends other data

export default function ({ data, key, parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector(".fr-rv");
  let now = kept.get(key);
  if (!now) {
    const run = Math.random().toString(36).slice(2);
    now = { run, number: 0, acts: [], past: [], items: [], changed: {}, open: null, said: "" };
    kept.set(key, now);
  }
  now.send = (value) => setStateValue("told", value);
  now.more = (id) => setTriggerValue("more", id);
  const fresh = now.root !== root || now.data?.list !== data.list || now.data?.lang !== data.lang;
  const other = now.data && (now.data.list !== data.list || now.data.lang !== data.lang);
  if (other) Object.assign(now, { items: [], past: [], changed: {}, open: null });
  now.root = root;
  take(now, data);
  draw(now, fresh);
  const onKey = (event) => press(now, event);
  document.addEventListener("keydown", onKey, true);
  return () => document.removeEventListener("keydown", onKey, true);
}

// what the server says: which acts it has dealt with, what went wrong, which events come next
function take(now, data) {
  now.data = data;
  now.known = data.known || now.known || {}; // sent once: it is long
  now.acts = now.acts.filter((act) => act.number > (data.handled[now.run] || 0));
  const waiting = new Set(now.acts.filter((act) => act.kind !== "undo").map((act) => act.id));
  const back = new Set(now.acts.filter((act) => act.kind === "undo").map((act) => act.id));
  const told = new Map(data.items.map((item) => [item.id, item]));
  const first = now.items[0];
  const wrong = data.items.filter((item) => data.problems[item.id]);
  const stay = now.items.filter((item) => told.has(item.id) || back.has(item.id) || item === first);
  const known = new Set();
  now.items = [...wrong, ...stay, ...data.items]
    .filter((item) => !waiting.has(item.id) && !known.has(item.id) && known.add(item.id))
    .map((item) => (same(item, told.get(item.id)) ? item : told.get(item.id)));
  const problems = Object.values(data.problems);
  now.problem = problems.length ? problems.join(" ") : "";
}

// an event that is told as before stays as it is drawn: somebody may be typing in it
const same = (item, fresh) => !fresh || (fresh.seen === item.seen && fresh.headline === item.headline);

function tell(now, kind, item, values = {}) {
  now.number += 1;
  const act = { run: now.run, number: now.number, kind, id: item.id, seen: item.seen, values };
  now.acts.push(act);
  now.send(now.acts);
}

function decide(now, kind) {
  const item = now.items[0];
  if (!item) return;
  const values = kind === "accepted" ? now.changed : {};
  const said = Object.keys(values).length ? "corrected" : kind;
  now.items.shift();
  now.past.push({ item, kind: said });
  tell(now, said, item, values);
  step(now, "done_" + said, item);
}

function later(now) {
  const item = now.items[0];
  if (!item) return;
  now.items.push(now.items.shift());
  now.past.push({ item, kind: "skip" });
  tell(now, "skip", item);
  step(now, "", item);
}

function undo(now) {
  const last = now.past.pop();
  if (!last) return;
  now.items = [last.item, ...now.items.filter((item) => item.id !== last.item.id)];
  tell(now, "undo", last.item);
  step(now, "done_undo", last.item);
}

function step(now, words, item) {
  now.changed = {};
  now.open = null;
  now.problem = "";
  now.said = words ? fill(now.data.words[words], { headline: item.headline }) : "";
  draw(now, true);
  now.root.querySelector(".fr-rv-card")?.focus({ preventScroll: true });
}

const ACTS = { a: (now) => decide(now, "accepted"), x: (now) => decide(now, "rejected"),
               n: later, u: undo, e: (now) => now.items[0] && now.more(now.items[0].id) };

// keys work where nothing is typed: in the queue, and where nothing has the focus
function press(now, event) {
  const at = document.activeElement;
  const inside = now.root.contains(at);
  if (!(inside || at === document.body) || event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = at.matches("input");
  if (performance.now() < (now.deaf || 0)) return;
  if (event.key === "Escape" && now.open) close(now);
  else if (typing) return;
  else if (now.open && /^Digit[1-9]$/.test(event.code)) pick(now, +event.code.slice(5) - 1, event.shiftKey);
  else if (now.open && event.key === "/") now.root.querySelector(".fr-rv-find")?.focus();
  else {
    const letter = event.key.toLowerCase();
    const field = now.items[0]?.fields.find((each) => each.key.toLowerCase() === letter);
    if (field) now.open === field.name ? close(now) : open(now, field.name);
    else if (ACTS[letter]) ACTS[letter](now);
    else return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
}

function open(now, name) {
  now.open = name;
  draw(now, true);
  now.root.querySelector(".fr-rv-options button")?.focus();
}

function close(now) {
  const name = now.open;
  now.open = null;
  draw(now, true);
  now.root.querySelector(`[data-field="${name}"]`)?.focus();
}

function pick(now, at, adds) {
  const field = now.items[0].fields.find((each) => each.name === now.open);
  const choice = offered(now, field, "")[at];
  if (choice) choose(now, field, choice[0], adds);
}

function choose(now, field, value, adds) {
  const before = valueOf(now, field);
  if (!field.several) set(now, field, value);
  else if (!value) set(now, field, "[]");
  else {
    const codes = JSON.parse(before);
    const other = codes.includes(value) ? codes.filter((code) => code !== value) : [...codes, value];
    set(now, field, listed(adds ? other : [value]));
  }
  if (!adds) close(now);
  else open(now, field.name);
}

// as Python writes it, so that what is chosen back is no change
const listed = (codes) => "[" + codes.map((code) => JSON.stringify(code)).join(", ") + "]";
const valueOf = (now, field) => now.changed[field.name] ?? field.value;

function set(now, field, value) {
  now.changed = { ...now.changed, [field.name]: value };
  if (value === field.value) delete now.changed[field.name];
}

// the choices of a field: the near ones, or those found by what was typed
function offered(now, field, typed) {
  const none = field.several ? [["", now.data.words.nobody, ""]] : [];
  if (!typed) return [...field.choices.slice(0, 9 - none.length), ...none];
  if (field.name === "date") return dated(typed);
  const all = now.known[field.several ? "sources" : field.name] || field.choices;
  const wanted = plain(typed);
  const fits = all.filter(([, words]) => plain(words).includes(wanted));
  return fits.sort((a, b) => plain(b[1]).startsWith(wanted) - plain(a[1]).startsWith(wanted)).slice(0, 9);
}

const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function dated(typed) {
  const [, year, month, day] = typed.match(/^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/) || [];
  if (!year) return [];
  const iso = (y, m, d) => new Date(Date.UTC(y, m - 1, d)).toISOString().slice(0, 10);
  const first = iso(year, month || 1, day || 1);
  const last = day ? first : iso(month ? year : +year + 1, month ? +month + 1 : 1, 0);
  return [[`${first}/${last}/${day ? "day" : month ? "month" : "year"}`, typed, ""]];
}

function wordsOf(now, field) {
  const value = valueOf(now, field);
  if (value === field.value) return field.words;
  const all = [...field.choices, ...(now.known[field.several ? "sources" : field.name] || [])];
  const word = (one) => all.find(([each]) => each === one)?.[1] ?? one.split("/")[0];
  if (field.several) return JSON.parse(value).map(word).join(", ") || now.data.words.nobody;
  return word(value);
}

const fill = (words, values) => words.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

// ---- drawing -------------------------------------------------------------------------------------

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
  const stays = !whole && now.shown === item && now.root.firstChild;
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
  for (const act of now.acts) count(now, told, act);
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
  const by = act.kind === "undo" ? -1 : 1;
  const last = act.kind === "undo" ? null : act.kind;
  if (act.kind === "skip" || !last) return;
  const state = now.data.list ? "accepted" : last;
  told[state] += by;
  told.unread -= by;
  told.mine += by;
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
  return el("section", { class: "fr-rv-card", tabindex: "-1", "aria-label": words.event },
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
    const [value, told, sure] = choice;
    const codes = field.several ? JSON.parse(valueOf(now, field)) : [valueOf(now, field)];
    const on = value ? codes.includes(value) : !codes.length;
    return el("button", { type: "button", "aria-pressed": String(on),
      onclick: (event) => choose(now, field, value, event.shiftKey && field.several) },
      el("kbd", { "aria-hidden": "true" }, String(at + 1)), el("span", {}, told), el("i", {}, sure));
  }));
  fillList("");
  const hint = field.name === "date" ? words.day : words.find;
  const first = (event) => event.key === "Enter" && list.querySelector("button")?.click();
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
