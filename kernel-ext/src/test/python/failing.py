"""Executes a notebook whose second cell fails: its end is one sentence, without a stack.

    failing.py NOTEBOOK FOLDER    NOTEBOOK names the kernel
"""

import subprocess
import sys
from pathlib import Path

import nbformat


def main():
    notebook, folder = Path(sys.argv[1]), Path(sys.argv[2])
    failing = folder / "failing.ipynb"
    bad = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell("1 + 1"),
            nbformat.v4.new_code_cell("%%secure --model M.onnx --protocol 3pc"),
        ],
        metadata=nbformat.read(notebook, as_version=4).metadata,
    )
    nbformat.write(bad, failing)
    failed = subprocess.run(
        [
            sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute",
            "--output-dir", str(folder), str(failing),
        ],
        capture_output=True,
        text=True,
    )
    # IJava's reply holds its own frames, below the sentence; nothing reaches it there.
    if "org.dflib" in failed.stderr:
        sys.exit(f"a failing cell shows the kernel's stack: {failed.stderr[-1500:]}")
    if failed.returncode != 1 or "say who learns the scores" not in failed.stderr:
        sys.exit(f"a failing cell gives {failed.returncode}: {failed.stderr[-500:]}")
    print("well")


if __name__ == "__main__":
    main()
