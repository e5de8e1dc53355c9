"""Papermill's parameters as Java, for cells tagged `parameters` in notebooks of a Java kernel.

    papermill in.ipynb out.ipynb -p images 14 -p protocol 3pc

puts a cell `var images = 14; var protocol = "3pc";` after the tagged one. Parameters are declared
there with `var` or a type; a magic takes them as `$images`.
"""

import json

from papermill.engines import NBClientEngine
from papermill.translators import Translator, papermill_translators

INT = range(-(2**31), 2**31)
LONG = range(-(2**63), 2**63)


class JavaTranslator(Translator):
    """Literals of Java; what has none is refused by papermill's own message."""

    @classmethod
    def translate_none(cls, val):
        return "null"

    @classmethod
    def translate_bool(cls, val):
        return "true" if val else "false"

    @classmethod
    def translate_int(cls, val):
        if val in INT:
            return str(val)
        if val in LONG:
            return f"{val}L"
        return f'new java.math.BigInteger("{val}")'

    @classmethod
    def translate_float(cls, val):
        if val != val:
            return "Double.NaN"
        if val in (float("inf"), float("-inf")):
            return "Double.POSITIVE_INFINITY" if val > 0 else "Double.NEGATIVE_INFINITY"
        return repr(float(val))

    @classmethod
    def translate_str(cls, val):
        # JSON's escapes are Java's; \u escapes for all that is not ASCII.
        return json.dumps(str(val))

    @classmethod
    def translate_escaped_str(cls, str_val):
        return cls.translate_str(str_val)

    @classmethod
    def translate_list(cls, val):
        return f"java.util.List.of({', '.join(cls.translate(each) for each in val)})"

    @classmethod
    def translate_dict(cls, val):
        entries = ", ".join(
            f"java.util.Map.entry({cls.translate_str(key)}, {cls.translate(each)})"
            for key, each in val.items()
        )
        return f"java.util.Map.ofEntries({entries})"

    @classmethod
    def comment(cls, cmt_str):
        return f"// {cmt_str}".strip()

    @classmethod
    def assign(cls, name, str_val):
        return f"{'Object' if str_val == 'null' else 'var'} {name} = {str_val};"


papermill_translators.register("java", JavaTranslator)
papermill_translators.register("blindread", JavaTranslator)


class Engine(NBClientEngine):
    """Papermill's usual engine under a second name: its entry point makes papermill load this."""
