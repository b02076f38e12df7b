"""The queue of a review in a real browser: keys, acts that wait in the storage of the tab, and a
small `benchmarks.team`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks import team
from benchmarks.synthetic import write_events

pytestmark = pytest.mark.browser
QUEUE = Path(__file__).resolve().parents[2] / "pages" / "review_parts"
ALONE = '<!doctype html><div class="fr-rv"></div>'
# a browser that keeps nothing of the queue, as where the data of sites are blocked
NO_STORAGE = """
for (const name of ["getItem", "setItem"]) {
  const does = Storage.prototype[name];
  Storage.prototype[name] = function (key, ...rest) {
    if (key.startsWith("frise-review")) throw new DOMException("blocked");
    return does.call(this, key, ...rest);
  };
}
"""
# the element, told by three servers one after the other that this is Ana, Ben, and Ana again
PERSONS = """async (source) => {
  const code = new Blob([source], { type: "text/javascript" });
  const queue = (await import(URL.createObjectURL(code))).default;
  const act = { run: "r", number: 1, who: "Ana", kind: "accepted", id: "1", seen: 0, values: {} };
  sessionStorage.setItem("frise-review Ana", JSON.stringify({ run: "r", number: 1, acts: [act] }));
  const words = new Proxy({}, { get: () => "" });
  const told = [];
  for (const [who, session] of [["Ana", "s1"], ["Ben", "s2"], ["Ana", "s3"]]) {
    let sent = [];
    const data = { who, session, words, items: [], handled: {}, problems: {}, progress: {},
      others: [], known: {}, lang: "en", list: "" };
    const setStateValue = (name, value) => (sent = value);
    queue({ data, key: "k", parentElement: document.body, setStateValue, setTriggerValue() {} })();
    await new Promise((done) => setTimeout(done, 20));
    told.push(sent.filter((each) => each.kind).map((each) => each.who));
  }
  return told;
}"""


@pytest.mark.parametrize("visit", ["en-GB"], indirect=True)
@pytest.mark.parametrize("storage", ["storage", "no storage"])
def test_events_are_reviewed_by_keys_alone(visit: Any, storage: str) -> None:
    page = visit.page
    if storage == "no storage":
        page.add_init_script(NO_STORAGE)
    page.context.add_cookies([{"name": "frise_name", "value": "Ana", "url": visit.address}])
    visit.open("/review")
    page.wait_for_selector(".fr-rv-fields")
    line, who = ".fr-rv-card .fr-line", '.fr-rv-chip[data-field="sources"] b'
    first, doer = page.inner_text(line), page.inner_text(who)
    page.keyboard.press("x")
    assert page.inner_text(line) != first  # at once, before the server is told
    page.keyboard.press("u")
    assert page.inner_text(line) == first
    page.keyboard.press("n")
    assert page.inner_text(line) != first
    page.keyboard.press("u")
    assert page.inner_text(line) == first
    assert "NaN" not in page.inner_text(".fr-rv-head")
    page.keyboard.press("w")
    page.keyboard.press("/")
    page.keyboard.type("mali")
    page.keyboard.press("Enter")
    assert page.inner_text(who) == "Mali (MLI)"
    for typed in ("2024-11", "2024", "2024-11-21"):
        page.keyboard.press("d")
        page.keyboard.press("/")
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        assert page.inner_text('.fr-rv-chip[data-field="date"] b') == typed
        assert not page.locator(".fr-rv-open").count()
    page.keyboard.press("a")
    visit.tells("corrected 1")
    page.keyboard.press("u")
    visit.tells("Taken back")
    visit.settle()
    assert page.inner_text(who) == doer
    assert page.inner_text(".fr-rv-head").startswith("0 of")


def _of_the_element(visit: Any, script: str) -> Any:
    """What a script finds that is given the code of the queue, on a page without a server."""
    page = visit.page
    page.route("**/alone", lambda route: route.fulfill(body=ALONE, content_type="text/html"))
    page.goto(f"{visit.address}/alone")
    names = ("review_queue.js", "review_card.js")
    return page.evaluate(
        script, "\n".join((QUEUE / name).read_text(encoding="utf-8") for name in names)
    )


@pytest.mark.parametrize("visit", ["en-GB"], indirect=True)
def test_what_waits_is_sent_only_for_the_person_who_decided_it(visit: Any) -> None:
    assert _of_the_element(visit, PERSONS) == [["Ana"], [], ["Ana"]]


# the element, which holds an act that no server confirms
UNCONFIRMED = """async (source) => {
  const code = new Blob([source], { type: "text/javascript" });
  const queue = (await import(URL.createObjectURL(code))).default;
  const act = { run: "r", number: 1, who: "Ana", kind: "accepted", id: "1", seen: 0, values: {} };
  sessionStorage.setItem("frise-review Ana", JSON.stringify({ run: "r", number: 1, acts: [act] }));
  const sent = [];
  const data = { who: "Ana", session: "s1", words: new Proxy({}, { get: () => "" }), items: [],
    handled: {}, problems: {}, progress: {}, others: [], known: {}, lang: "en", list: "" };
  const told = { data, key: "k", parentElement: document.body, setTriggerValue() {},
    setStateValue: (name, value) => sent.push(value.filter((each) => each.kind).length) };
  queue(told)();
  await new Promise((done) => setTimeout(done, 5000));
  queue({ ...told, data: { ...data, handled: { r: 1 } } })();
  const before = sent.length;
  await new Promise((done) => setTimeout(done, 9000));
  return [sent, before];
}"""


@pytest.mark.parametrize("visit", ["en-GB"], indirect=True)
def test_what_no_server_confirmed_is_sent_again_by_itself(visit: Any) -> None:
    sent, before = _of_the_element(visit, UNCONFIRMED)
    assert sent == [1, 1]  # as it began, and once more
    assert before == len(sent)  # not after it was confirmed


# the element, whose only event is decided about; then the server says that none is left
LAST = """async (source) => {
  const code = new Blob([source], { type: "text/javascript" });
  const queue = (await import(URL.createObjectURL(code))).default;
  const words = new Proxy({}, { get: (all, name) => `<${name}>` });
  const article = { title: [], text: [], cut: [], origin: "", lang: "en" };
  const item = { id: "1", seen: 0, headline: "h", why: [], fields: [], article };
  const root = document.querySelector(".fr-rv");
  let sent = [];
  const answer = (items, handled, unread) => queue({
    data: { who: "Ana", session: "s", words, items, handled, problems: {}, progress: { unread },
      others: [], known: {}, lang: "en", list: "" },
    key: "k", parentElement: document.body, setTriggerValue() {},
    setStateValue: (name, value) => (sent = value) });
  const stop = answer([item], {}, 2);
  const beside = document.body.appendChild(document.createElement("button"));
  beside.focus(); // a filter that was pressed before
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "a" }));
  const waiting = root.innerText;
  stop();
  answer([], { [sent[0].run]: 1 }, 0)();
  return [sent.map((act) => act.kind), waiting, root.innerText];
}"""


@pytest.mark.parametrize("visit", ["en-GB"], indirect=True)
def test_the_end_of_the_queue_is_said_when_the_server_says_so(visit: Any) -> None:
    kinds, waiting, then = _of_the_element(visit, LAST)
    assert kinds == ["accepted"]
    assert ("<wait>" in waiting, "<wait>" in then, "<empty>" in then) == (True, False, True)


@pytest.mark.long
def test_two_reviewers_lose_nothing_by_a_kill(
    chromium: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And one who reads, in three browsers on one store, while its server is killed."""
    store = tmp_path / "store"
    write_events(100, store)
    monkeypatch.setattr(team, "PAUSE_SECONDS", 0.2)
    found = team.run(store, rounds=4, kills=1, down=1, browser=chromium)
    assert not found.faults
    assert found.stored == found.told
    assert found.told >= 14  # of nine turns of each, some are "later"
    assert found.edits >= found.told
