"""Executes a notebook without a front end and makes a page of it.

    python -m blindread_jupyter.headless IN.ipynb OUT.ipynb OUT.html '{"images": 14}'

Parameters go after the cell tagged `parameters`. Headings and the progress of cells are told on
standard error. An interrupt (Ctrl-C, or the end of standard input, which means that whoever started
this is gone) reaches the cell that runs, whose parties end; what was executed so far is written.

Exit code 0; 1 if a cell failed, with its sentence; 130 if interrupted.
"""

import asyncio
import json
import os
import re
import signal
import sys
import threading
import time
from pathlib import Path

import nbformat
from jupyter_client.utils import ensure_async
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbconvert.exporters import HTMLExporter
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from blindread_jupyter import parameters as _  # papermill learns Java

KERNEL = "blindread"
START_SECONDS = 240
PATIENCE_SECONDS = 10  # for an interrupted cell, before its kernel is killed
LOG_SECONDS = 10  # between lines of progress where lines cannot be written over


class Teller:
    """Tells what is being done: one line that is written over, or, in a log, a line now and then."""

    def __init__(self, out):
        self.out = out
        self.terminal = out.isatty()
        self.width = 0
        self.last = 0.0
        self.ended = ""  # what a cell's bar has left so far

    def line(self, text):
        self.clear()
        self.ended = ""
        print(text, file=self.out, flush=True)

    def progress(self, text, final):
        text = " ".join(text.split())
        if final:
            before, self.ended = self.ended, text
            text = text.removeprefix(before + "; ") if before else text
        if self.terminal:
            columns = os.get_terminal_size(self.out.fileno()).columns if not final else 1000
            shown = text[: max(20, columns - 1)]
            print("\r" + shown.ljust(self.width), end="\n" if final else "", file=self.out, flush=True)
            self.width = 0 if final else len(shown)
        elif final or time.monotonic() - self.last >= LOG_SECONDS:
            self.last = time.monotonic()
            print(text, file=self.out, flush=True)

    def clear(self):
        if self.width:
            print("\r" + " " * self.width + "\r", end="", file=self.out)
            self.width = 0


class Headless(NotebookClient):
    """nbclient, but told of progress and interrupted as a person interrupts."""

    def __init__(self, notebook, teller, **options):
        super().__init__(notebook, **options)
        self.teller = teller
        self.stopping = False
        self.loop = None
        self.on_notebook_start = self.begin
        self.on_cell_execute = self.head

    async def begin(self, **_):
        self.loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            self.loop.add_signal_handler(number, self.stop)

    def stop(self):
        """Interrupts the cell that runs; a kernel that does not heed it is killed."""
        if self.stopping:
            return
        self.stopping = True
        asyncio.ensure_future(self.interrupt())

    async def interrupt(self):
        await ensure_async(self.km.interrupt_kernel())
        await asyncio.sleep(PATIENCE_SECONDS)
        await ensure_async(self.km.shutdown_kernel(now=True))

    def head(self, cell, cell_index):
        """The heading above a code cell, once."""
        if self.stopping:
            raise KeyboardInterrupt
        before = self.nb.cells[cell_index - 1] if cell_index else {}
        if before.get("cell_type") == "markdown":
            heading = re.match(r"#+ +(.*)", before.source)
            if heading:
                self.teller.line(heading.group(1))

    def process_message(self, msg, cell, cell_index):
        content = msg["content"]
        id = content.get("transient", {}).get("display_id", "") if isinstance(content, dict) else ""
        if msg["msg_type"] in ("display_data", "update_display_data") and id.startswith("blindread-"):
            bar = "text/html" in content["data"]
            self.teller.progress(content["data"].get("text/plain", ""), final=not bar)
        return super().process_message(msg, cell, cell_index)


def watch_input(client):
    """Ends when whoever started this has ended."""

    def wait():
        while os.read(0, 1):  # not sys.stdin: its lock would be held when Python ends
            pass
        if client.loop:
            client.loop.call_soon_threadsafe(client.stop)

    threading.Thread(target=wait, daemon=True).start()


def page(notebook, name):
    templates = Path(__file__).parent / "templates"
    exporter = HTMLExporter(
        template_name="blindread", extra_template_basedirs=[str(templates)], embed_images=True
    )
    body, _ = exporter.from_notebook_node(notebook, {"metadata": {"name": name}})
    return body


def write(path, text):
    whole = path.with_name(path.name + ".new")
    whole.write_text(text, encoding="utf-8")
    whole.replace(path)


def main():
    source, executed, html = (Path(argument) for argument in sys.argv[1:4])
    notebook = load_notebook_node(str(source))
    notebook = parameterize_notebook(
        notebook, json.loads(sys.argv[4]), kernel_name=KERNEL, language="java"
    )
    # Papermill's own notes, times among them, would make every execution another file.
    for noted in [notebook, *notebook.cells]:
        noted.metadata.pop("papermill", None)
    teller = Teller(sys.stderr)
    client = Headless(
        notebook,
        teller,
        timeout=None,
        startup_timeout=START_SECONDS,
        kernel_name=KERNEL,
        resources={"metadata": {"path": str(source.parent)}},
        record_timing=False,
        shutdown_kernel="immediate",
    )
    watch_input(client)
    code = 0
    # The JVM's own words; of use where the kernel dies.
    log = open(executed.with_name("kernel.log"), "wb")
    try:
        client.execute(stdout=log, stderr=log)
    except CellExecutionError as e:
        code = 130 if client.stopping else 1
        if not client.stopping:
            teller.line(f"blindread: a cell of {source.name} failed: {e.evalue or e.ename}")
    except (DeadKernelError, KeyboardInterrupt, asyncio.CancelledError) as e:
        code = 130 if client.stopping else 1
        if not client.stopping:
            teller.line(f"blindread: the kernel ended by itself ({e}); its log is {log.name}")
    teller.clear()
    write(executed, nbformat.writes(notebook) + "\n")
    write(html, page(notebook, executed.stem))
    return code


if __name__ == "__main__":
    sys.exit(main())
