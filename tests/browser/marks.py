"""Where marks are on the screen, so that a test can click them as a reader does."""

from __future__ import annotations

from typing import Any

# the middle of the first mark of a plotly chart whose customdata pass a test, in page pixels
_FIND = """([chart, test]) => {
  const plots = [...document.querySelectorAll('.js-plotly-plot')];
  const said = (trace, n) => Array.isArray(trace.hovertext) ? trace.hovertext[n] : trace.hovertext;
  const passes = new Function('c', 'h', 'return ' + test);
  for (const gd of chart < 0 ? plots : [plots[chart]]) {
    if (!gd || !gd._fullData) continue;
    const box = gd.getBoundingClientRect();
    for (const [index, trace] of gd._fullData.entries()) {
      const xa = gd._fullLayout[trace.xaxis.replace('x', 'xaxis')];
      const ya = gd._fullLayout[trace.yaxis.replace('y', 'yaxis')];
      for (const [n, custom] of (trace.customdata || []).entries()) {
        if (!custom || !passes(Array.from(custom), String(said(trace, n)))) continue;
        const cell = gd.calcdata[index].find(d => (d.i ?? d.index) === n) || gd.calcdata[index][n];
        let x, y;
        if (trace.type === 'bar') {
          const along = (cell.s0 + cell.s1) / 2, across = (cell.p0 + cell.p1) / 2;
          [x, y] = trace.orientation === 'h' ? [along, across] : [across, along];
          x = xa.c2p(x); y = ya.c2p(y);
        } else { x = xa.d2p(trace.x[n]); y = ya.d2p(trace.y[n]); }
        if (!(x >= 0 && x <= xa._length && y >= 0 && y <= ya._length)) continue;
        return {x: box.left + xa._offset + x, y: box.top + ya._offset + y,
                custom: Array.from(custom).map(String), hover: String(said(trace, n))};
      }
    }
  }
  return null;
}"""


def find(page: Any, test: str, chart: int = -1) -> dict[str, Any]:
    """The mark whose customdata `c` and hover text `h` pass the JavaScript `test`: x, y, custom,
    hover. Scrolls to it.
    """
    page.wait_for_selector(".js-plotly-plot .main-svg")
    page.wait_for_timeout(700)
    found = page.evaluate(_FIND, [chart, test])
    assert found is not None, f"no mark with {test}"
    height = page.viewport_size["height"]
    if not 60 < found["y"] < height - 60:
        _scroll(page, found["y"] - height / 2)
        found = page.evaluate(_FIND, [chart, test])
    mark: dict[str, Any] = found
    return mark


def _scroll(page: Any, down: float) -> None:
    page.mouse.move(300, 300)
    page.mouse.wheel(0, down)
    page.wait_for_timeout(500)


def click(page: Any, test: str, chart: int = -1) -> list[str]:
    """Point at a mark and click it; its customdata."""
    mark = find(page, test, chart)
    page.mouse.move(mark["x"] - 3, mark["y"] - 2)
    page.mouse.move(mark["x"], mark["y"], steps=3)
    page.wait_for_timeout(300)
    page.mouse.click(mark["x"], mark["y"])
    custom: list[str] = mark["custom"]
    return custom
