"""What Jupyter's Python side needs of Blindread.

parameters: papermill's parameters as Java; doctor: starts the kernel and looks at it.
"""

__version__ = "0.1.0"
