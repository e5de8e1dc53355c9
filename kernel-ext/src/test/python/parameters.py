"""Papermill's parameters as Java: literals, and a notebook with a tagged cell."""

import sys

import nbformat
import papermill
from papermill.translators import translate_parameters

LITERALS = {
    "a": 14,
    "b": 2**40,
    "c": 0.1,
    "d": True,
    "e": 'say "ä\\"\n',
    "f": [1, "two"],
    "g": {"k": 1.5},
    "h": None,
    "i": -float("inf"),
}
WANTED = """// Parameters
var a = 14;
var b = 1099511627776L;
var c = 0.1;
var d = true;
var e = "say \\"\\u00e4\\\\\\"\\n";
var f = java.util.List.of(1, "two");
var g = java.util.Map.ofEntries(java.util.Map.entry("k", 1.5));
Object h = null;
var i = Double.NEGATIVE_INFINITY;
"""

found = translate_parameters("blindread", "java", LITERALS, "Parameters")
if found.strip() != WANTED.strip():
    sys.exit(f"literals differ:\n{found}")

cells = [
    nbformat.v4.new_code_cell('var size = 32; var who = "nobody";', metadata={"tags": ["parameters"]}),
    nbformat.v4.new_code_cell("%%plan --model $model --out plan\nvar model = 1;"),
    nbformat.v4.new_code_cell('who + " " + size + " " + plan.model()'),
]
cells[1].source = "%%plan --model $model --out plan"
notebook = nbformat.v4.new_notebook(
    cells=cells, metadata={"kernelspec": {"name": "blindread", "display_name": "", "language": "java"}}
)
nbformat.write(notebook, sys.argv[1])
papermill.execute_notebook(
    sys.argv[1],
    sys.argv[2],
    parameters={"size": 64, "who": "hospital", "model": "builtin:squeezenet1.1@64"},
    progress_bar=False,
    start_timeout=240,
)
out = nbformat.read(sys.argv[2], as_version=4).cells[-1].outputs[0].data["text/plain"]
if out != "hospital 64 squeezenet1.1@64":
    sys.exit(f"parameters did not arrive: {out}")
print("well")
