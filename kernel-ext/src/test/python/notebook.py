"""Executes a notebook twice, headless, as anyone would, and compares.

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


def shown(executed):
    """What each cell shows: data by type, or a stream's text. A cell tagged `fresh` draws noise."""
    cells = []
    for cell in executed.cells:
        fresh = "fresh" in cell.metadata.get("tags", [])
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                sys.exit(f"{cell.source}: {output.evalue}")
            data = output.get("data", {output.get("name", ""): output.get("text", "")})
            cells.append(
                {
                    kind: TIMES.sub("TIME", str(text))
                    for kind, text in data.items()
                    if not (fresh and kind == "image/png")
                }
            )
    return cells


def noise(executed):
    """The images that are to differ from one execution to the next."""
    return [
        output.data["image/png"]
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
    if "equal to the cleartext twin" not in page:
        sys.exit("the page lacks the comparison with the twin")
    failing = folder / "failing.ipynb"
    bad = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell("1 + 1"),
            nbformat.v4.new_code_cell("%%secure --model M.onnx --protocol 3pc"),
        ],
        metadata=nbformat.read(notebook, as_version=4).metadata,
    )
    nbformat.write(bad, failing)
    failed = converted("--to", "notebook", "--execute", "--output-dir", folder, failing)
    # IJava's reply holds its own frames, below the sentence; nothing reaches it there.
    if "org.dflib" in failed.stderr:
        sys.exit(f"a failing cell shows the kernel's stack: {failed.stderr[-1500:]}")
    if failed.returncode != 1 or "say who learns the scores" not in failed.stderr:
        sys.exit(f"a failing cell gives {failed.returncode}: {failed.stderr[-500:]}")
    print("well")


if __name__ == "__main__":
    main()
