"""Executes a notebook twice, headless, as anyone would, and compares; and makes a page of it.

    notebook.py NOTEBOOK FOLDER WORD…    every WORD must stand in what the cells show
"""

import re
import subprocess
import sys
from pathlib import Path

import nbformat

# What may differ between two executions: times, and the folder named after one.
TIMES = re.compile(r"\d+(\.\d+)? (ms|s|min)\b( \d\d s)?|\d{8}-\d{6}-[\w-]+")


def converted(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "nbconvert", *map(str, arguments)], capture_output=True, text=True
    )


def told(done):
    """What a program said, without the lines of Python's own stack."""
    return "\n".join(line for line in done.stderr.splitlines() if not line.startswith("  "))


def execute(notebook, folder, name):
    done = converted(
        "--to", "notebook", "--execute", "--ExecutePreprocessor.startup_timeout=240",
        "--ExecutePreprocessor.timeout=900", "--output-dir", folder, "--output", name, notebook,
    )
    if done.returncode:
        sys.exit(told(done))
    return nbformat.read(folder / f"{name}.ipynb", as_version=4)


def drawn(cell, data):
    """The types whose data differ from one execution to the next: a cell tagged `fresh` draws an
    image of noise, or else numbers."""
    if "fresh" not in cell.metadata.get("tags", []):
        return set()
    return {"image/png"} if "image/png" in data else set(data)


def shown(executed):
    """What each cell shows: data by type, or a stream's text, without what is drawn."""
    cells = []
    for cell in executed.cells:
        before = set()
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                sys.exit(f"{cell.source}: {output.evalue}")
            data = output.get("data", {output.get("name", ""): output.get("text", "")})
            said = {
                kind: "NOISE" if kind in drawn(cell, data) else TIMES.sub("TIME", str(text))
                for kind, text in data.items()
            }
            if output.output_type == "stream" and before == said.keys():
                # Where a kernel cuts its text is a matter of time.
                cells[-1] = {kind: cells[-1][kind] + text for kind, text in said.items()}
            else:
                cells.append(said)
            before = said.keys() if output.output_type == "stream" else set()
    return cells


def noise(executed):
    """What is to differ from one execution to the next."""
    return [
        [output.data[kind] for kind in sorted(drawn(cell, output.data))]
        for cell in executed.cells
        if "fresh" in cell.metadata.get("tags", [])
        for output in cell.outputs
    ]


def main():
    notebook, folder, words = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
    once, twice = (execute(notebook, folder, name) for name in ("first", "second"))
    first, second = shown(once), shown(twice)
    everything = "\n".join(text for cell in first for text in cell.values())
    for word in words:
        if word not in everything:
            sys.exit(f"nothing shows '{word}'")
    if any("text/plain" not in cell for cell in first if "stdout" not in cell):
        sys.exit("something has no plain text")
    if any(a == b for a, b in zip(noise(once), noise(twice), strict=True)):
        sys.exit("a mask was used twice")
    if first != second:
        differ = next((a, b) for a, b in zip(first, second) if a != b)
        sys.exit(f"executed again, more than times differs: {str(differ)[:2000]}")
    html = converted("--to", "html", "--output-dir", folder, folder / "first.ipynb")
    if html.returncode:
        sys.exit(told(html))
    page = (folder / "first.html").read_text()
    if not any(word in page for word in words):
        sys.exit(f"the page shows none of {words}")
    print("well")


if __name__ == "__main__":
    main()
