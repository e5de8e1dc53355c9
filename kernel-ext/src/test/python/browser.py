"""JupyterLab with the kernel, as a person sees it: runs cells, watches the bar, interrupts, goes on.

    browser.py MODEL FOLDER    screenshots, light and dark, are kept in FOLDER

Drives Chromium by its DevTools protocol; prints `skipped: …` where there is none.
"""

import base64
import json
import os
import secrets
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import websocket

PATIENCE = 240
BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]

CELLS = [
    "GreyImage image = EmbeddedCohort.studies().getFirst().render();\nimage",
    "%%plan --model {model} --protocol 3pc --out plan",
    """var many = new java.util.ArrayList<GreyImage>();
for (int i = 0; i < 6; i++) many.add(EmbeddedCohort.studies().get(i).render());""",
    "%%secure --model {model} --cohort many --protocol 3pc --reveal hospital --out blind",
    """var chart = new CategoryChartBuilder().width(600).height(240).title("logits").build();
chart.getStyler().setLegendVisible(false);
var rows = blind.scores().rows();
chart.addSeries("pneumonia", rows.stream().map(row -> row.image()).toList(),
    rows.stream().map(row -> row.values()[0]).toList());
chart""",
    """Table.create("scores").addColumns(
    StringColumn.create("image", rows.stream().map(row -> row.image()).toList()),
    DoubleColumn.create("logit", rows.stream().map(row -> row.values()[0]).toList()))""",
]
SECURE = 3  # which of them is the long one

# A code cell's outputs, by its place.
CELL = "[...document.querySelectorAll('.jp-Notebook .jp-CodeCell')][{}]"
BAR = CELL + "?.querySelector('progress')?.value ?? null"
SHOWN = CELL + "?.querySelector('.jp-OutputArea')?.innerText ?? ''"
PROMPT = CELL + "?.querySelector('.jp-InputPrompt')?.innerText ?? ''"
# What the status bar says of the kernel; before it is there, the indicator above is idle already.
STATUS = """[...document.querySelectorAll('#jp-main-statusbar *')].map(each => each.innerText ?? '')
    .find(text => text.startsWith('Blindread (Java) | '))?.split(' | ')[1]?.toLowerCase() ?? ''"""
CENTRE = """(() => {{ const box = [...document.querySelectorAll({})].find(each =>
    each.innerText.trim().startsWith({}) && each.getBoundingClientRect().width > 0)?.getBoundingClientRect();
  return box ? [box.x + box.width / 2, box.y + box.height / 2] : null; }})()"""


def awaited(what, look, wanted=bool):
    """What `look` finds once it is as wanted."""
    deadline = time.monotonic() + PATIENCE
    found = look()
    while not wanted(found):
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: after {PATIENCE} s still {str(found)[:500]}")
        time.sleep(0.05)
        found = look()
    return found


class Page:
    """A tab of Chromium."""

    def __init__(self, port, address, folder):
        self.folder = folder
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/json/new?about:blank", method="PUT"
        )
        target = json.load(urllib.request.urlopen(request))
        self.socket = websocket.create_connection(
            target["webSocketDebuggerUrl"], suppress_origin=True, timeout=PATIENCE
        )
        self.count = 0
        self.size(1100, 2000)
        self.open(address)

    def command(self, method, **parameters):
        self.count += 1
        self.socket.send(json.dumps({"id": self.count, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == self.count:
                if "error" in message:
                    raise AssertionError(f"{method}: {message['error']}")
                return message["result"]

    def open(self, address):
        self.command("Page.navigate", url=address)

    def size(self, width, height):
        self.command(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=False,
        )

    def value(self, script):
        return self.command("Runtime.evaluate", expression=script, returnByValue=True)[
            "result"
        ].get("value")

    def click(self, selector, text=""):
        """Clicks on the first such thing one can see, with a text that begins so."""
        script = CENTRE.format(json.dumps(selector), json.dumps(text))
        x, y = awaited(f"{selector} {text}", lambda: self.value(script))
        self.command("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        for kind in ["mousePressed", "mouseReleased"]:
            self.command(
                "Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1
            )

    def picture(self, name):
        data = self.command("Page.captureScreenshot", format="png")["data"]
        (self.folder / f"{name}.png").write_bytes(base64.b64decode(data))

    def await_idle(self):
        self.click(".jp-Notebook .jp-InputPrompt")  # the status bar tells of what is in use
        awaited("the kernel", lambda: self.value(STATUS), lambda status: status == "idle")

    def run_all(self):
        self.click(".lm-MenuBar-item", "Run")
        self.click(".lm-Menu-item .lm-Menu-itemLabel", "Run All Cells")


def notebook(file, model):
    cells = [nbformat.v4.new_code_cell(source.format(model=model)) for source in CELLS]
    kernel = {"name": "blindread", "display_name": "Blindread (Java)", "language": "java"}
    nbformat.write(
        nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}), file
    )


def theme(settings, name):
    file = settings / "@jupyterlab" / "apputils-extension" / "themes.jupyterlab-settings"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"theme": name}))


def start_lab(folder, token):
    environment = dict(os.environ)
    for name in ["CONFIG_DIR", "RUNTIME_DIR", "DATA_DIR"]:
        environment[f"JUPYTER_{name}"] = str(folder / name.lower())
    environment["JUPYTERLAB_SETTINGS_DIR"] = str(folder / "settings")
    environment["JUPYTERLAB_WORKSPACES_DIR"] = str(folder / "workspaces")
    process = subprocess.Popen(
        [
            sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1",
            "--ServerApp.port=0",
            "--LabApp.expose_app_in_browser=True", f"--IdentityProvider.token={token}",
            f"--ServerApp.root_dir={folder}",
        ],
        env=environment,
        stdout=open(folder / "lab.log", "w"),
        stderr=subprocess.STDOUT,
    )

    def address():
        for file in (folder / "runtime_dir").glob("jpserver-*.json"):
            return json.loads(file.read_text())["url"]
        return None

    return process, awaited("JupyterLab", address)


def start_browser(program, folder):
    process = subprocess.Popen(
        [
            program, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            "--disable-dev-shm-usage", "--no-first-run", "--remote-debugging-port=0",
            f"--user-data-dir={folder / 'browser'}", "about:blank",
        ],
        stdout=open(folder / "browser.log", "w"),
        stderr=subprocess.STDOUT,
    )
    port = folder / "browser" / "DevToolsActivePort"
    return process, awaited("Chromium", lambda: port.exists() and port.read_text().split()[:1])[0]


def check(what, holds, found=""):
    if not holds:
        raise AssertionError(f"{what}: {str(found)[:1000]}")


def secure_cell(page):
    """Runs all, watches the bar of the secure cell, interrupts it, and runs all again."""
    secure, after = (lambda script, at=at: page.value(script.format(at)) for at in (SECURE, SECURE + 1))
    page.run_all()
    bars = {awaited("a bar", lambda: secure(BAR), lambda value: value is not None)}
    while len(bars) < 4:
        bars.add(awaited("the bar moves", lambda: secure(BAR), lambda value: value not in bars))
    check("the bar moves on", all(bar is not None and 0 <= bar <= 1 for bar in bars), bars)
    page.picture("1-running")
    began = time.monotonic()
    page.click("[data-jp-item-name='interrupt']")
    page.await_idle()
    print(f"interrupted: idle after {time.monotonic() - began:.1f} s")
    page.picture("2-interrupted")
    said = secure(SHOWN)
    check("the cell says that it was interrupted", "nterrupted" in said, said)
    check("no bar stays", secure(BAR) is None, said)
    check("cells behind it were not run", after(SHOWN) == "", after(SHOWN))
    began = time.monotonic()
    page.run_all()
    awaited("the last cell", lambda: page.value(SHOWN.format(SECURE + 2)))
    page.await_idle()
    print(f"run again: {time.monotonic() - began:.1f} s")
    said = secure(SHOWN)
    check("the outcome is shown", "equal to the cleartext twin" in said, said)
    check("no bar stays in the end", secure(BAR) is None, said)
    for place in (0, SECURE + 1):
        check(
            "figures are shown",
            page.value(CELL.format(place) + "?.querySelector('img')?.naturalWidth > 100"),
            place,
        )
    check("tables are shown", page.value(CELL.format(SECURE + 2) + "?.querySelectorAll('tr').length") == 7)
    check("nothing failed", not page.value("document.querySelector('.jp-RenderedText[data-mime-type*=error]')"))


def main():
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not program:
        print("skipped: no Chromium")
        return
    model, folder = sys.argv[1], Path(sys.argv[2]).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    notebook(folder / "look.ipynb", model)
    theme(folder / "settings", "JupyterLab Light")
    token = secrets.token_hex(16)
    running = []
    try:
        lab, address = start_lab(folder, token)
        running.append(lab)
        browser, port = start_browser(program, folder)
        running.append(browser)
        page = Page(port, f"{address}lab/tree/look.ipynb?token={token}", folder)
        try:
            page.await_idle()
            secure_cell(page)
        except AssertionError:
            page.picture("failed")
            raise
        page.size(1100, 4200)
        time.sleep(2)  # for the page to draw itself anew
        page.picture("3-light")
        page.click("[data-jp-item-name='save']")
        time.sleep(2)
        theme(folder / "settings", "JupyterLab Dark")
        page.open(f"{address}lab/tree/look.ipynb?reset")
        awaited(
            "the dark theme",
            lambda: page.value("document.body.dataset.jpThemeLight"),
            lambda light: light == "false",
        )
        page.await_idle()
        time.sleep(2)
        page.picture("4-dark")
    finally:
        for process in reversed(running):
            process.terminate()
        for process in running:
            process.wait(60)
    print("well")


if __name__ == "__main__":
    main()
