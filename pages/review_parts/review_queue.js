// The queue of a review: shows the next event at once, tells the server afterwards. What the server
// has not confirmed is sent again with every act, to a server that was started anew, and after the
// page was loaded again. Texts are only ever set as text.
const kept = new Map(); // by element: what survives when the server sends other data
const SOON = 4000, LONGEST = 60000; // ms to the first and at most to the next reminder
const SENT = "frise-review "; // + person, in the storage of the tab: acts that are not confirmed

export default function ({ data, key, parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector(".fr-rv");
  let now = kept.get(key);
  if (!now) {
    now = begun(data.who);
    kept.set(key, now);
  }
  now.send = (value) => setStateValue("told", value);
  now.more = (id) => setTriggerValue("more", id);
  const other = ["who", "list", "lang"].some((name) => now.data?.[name] !== data[name]);
  const fresh = now.root !== root || other;
  const person = now.data && now.data.who !== data.who;
  if (person) Object.assign(now, begun(data.who)); // each sends only what he decided himself
  else if (now.data && other) Object.assign(now, empty());
  const server = person || now.data?.session !== data.session;
  now.root = root;
  take(now, data);
  // what such a server was told as it began changes nothing: only another message does
  if (server && now.acts.length) setTimeout(() => now.send([...now.acts, { to: data.session }]));
  draw(now, fresh);
  const onKey = (event) => press(now, event);
  document.addEventListener("keydown", onKey, true);
  return () => document.removeEventListener("keydown", onKey, true);
}

// a new run, or a person's in this tab whose acts the server had not confirmed when it went away
function begun(who) {
  let told = null;
  try {
    told = JSON.parse(sessionStorage.getItem(SENT + who));
  } catch {} // no storage in this browser: the page holds them while it is open
  const run = Math.random().toString(36).slice(2);
  return { ...(told?.acts?.length ? told : { run, number: 0, acts: [] }), ...empty() };
}

const empty = () => ({ items: [], past: [], changed: {}, open: null, said: "" });

function keep({ run, number, acts, data: { who } }) {
  try {
    sessionStorage.setItem(SENT + who, JSON.stringify({ run, number, acts }));
  } catch {}
}

// what the server says: which acts it has dealt with, what went wrong, which events come next
function take(now, data) {
  now.data = data;
  now.known = data.known || now.known || {}; // sent once: it is long
  now.acts = now.acts.filter((act) => act.number > (data.handled[now.run] || 0));
  keep(now);
  remind(now);
  const takes = (act) => act.kind === "undo" || act.kind === "unskip";
  const waiting = new Set(lasts(now).filter((act) => !takes(act)).map((act) => act.id));
  const back = new Set(lasts(now).filter(takes).map((act) => act.id));
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

// of the acts on one event that are not confirmed the last one holds
const lasts = (now) => [...new Map(now.acts.map((act) => [act.id, act])).values()];

// an event that is told as before stays as it is drawn: somebody may be typing in it
const same = (item, fresh) => !fresh || (fresh.seen === item.seen && fresh.headline === item.headline);

const isVerdict = (act) => ["accepted", "corrected", "rejected"].includes(act.kind);

function tell(now, kind, item, values = {}) {
  now.number += 1;
  const { run, number, data: { who, list } } = now;
  // what was decided here since the event looked so: the server tells it from what others wrote
  const before = now.acts.filter((act) => act.id === item.id && !item.acts?.includes(act));
  item.acts = [...before, ...(item.acts || [])];
  const act = { run, number, who, kind, id: item.id, seen: item.seen, values, list,
    before: item.acts.filter(isVerdict).map(({ kind, values, list }) => ({ kind, values, list })) };
  item.acts.push(act);
  now.acts.push(act);
  keep(now);
  now.send(now.acts);
  remind(now);
}

// a message that comes while the page is drawn for the first time may be passed over: it is sent
// again, at growing intervals, until the server has said that it dealt with it
function remind(now) {
  clearTimeout(now.timer);
  if (!now.acts.length) now.wait = 0;
  else now.timer = setTimeout(() => {
    now.wait = Math.min(2 * now.wait, LONGEST);
    now.send([...now.acts, { again: Date.now() }]);
    remind(now);
  }, (now.wait ||= SOON));
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
  tell(now, last.kind === "skip" ? "unskip" : "undo", last.item);
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

// a letter means nothing to what has the focus elsewhere: nothing, or a button that was pressed (of
// a filter, of the evidence), unless it stands in a list or a form that lies over the page
const free = (at) => at === document.body ||
  (at.matches("button, a") && !at.closest("[role=listbox], [role=menu], [role=dialog], [data-baseweb=popover]"));

// keys work where nothing is typed: in the queue, and where a letter means nothing
function press(now, event) {
  const at = document.activeElement;
  if (!(now.root.contains(at) || free(at)) || event.ctrlKey || event.metaKey || event.altKey) return;
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
  const word = (one) => all.find(([each]) => each === one)?.[1] ?? asTyped(one);
  if (field.several) return JSON.parse(value).map(word).join(", ") || now.data.words.nobody;
  return word(value);
}

// a day, month or year that was typed: as precise as it was told, never its first day
function asTyped(value) {
  const [first, , precision] = value.split("/");
  return first.slice(0, { month: 7, year: 4 }[precision]);
}

const fill = (words, values) => words.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
