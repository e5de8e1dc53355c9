"""Starts the kernel `blindread` and asks it for 1+1 and for a secure ReLU.

Prints a line each: `ok` or `BAD`, what was looked at, what was found, parted by tabs.
"""

import sys
import time

from jupyter_client.manager import start_new_kernel

START_SECONDS = 90
CELL_SECONDS = 120


def say(well, what, found):
    print("ok" if well else "BAD", what, " ".join(str(found).split()), sep="\t", flush=True)


def value(client, code):
    """The text of a cell's value, and whether the cell went well."""
    shown = []

    def take(message):
        content = message["content"]
        if message["msg_type"] == "execute_result":
            shown.append(content["data"].get("text/plain", ""))
        elif message["msg_type"] == "error":
            shown.append(f"{content['ename']}: {content['evalue']}")

    reply = client.execute_interactive(
        code, timeout=CELL_SECONDS, output_hook=take, allow_stdin=False
    )
    return reply["content"]["status"] == "ok", " ".join(shown)


def main():
    before = time.monotonic()
    try:
        manager, client = start_new_kernel(kernel_name="blindread", startup_timeout=START_SECONDS)
    except Exception as e:  # whatever it is, it is what the doctor has to tell
        say(False, "kernel", f"does not start: {e}; ./blindread kernel install writes it anew")
        return 1
    try:
        client.kernel_info()
        info = client.get_shell_msg(timeout=CELL_SECONDS)["content"]
        say(
            True,
            "kernel",
            f"{info.get('implementation') or info['banner']} "
            f"{info.get('implementation_version', '')} started in {time.monotonic() - before:.1f} s",
        )
        fine, shown = value(client, "1+1")
        say(fine and shown == "2", "a cell", f"1+1 is {shown}")
        fine, shown = value(client, "org.blindread.workbench.Doctor.protocols()")
        say(fine and shown.startswith("ok"), "a secure cell", shown)
        return 0
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


if __name__ == "__main__":
    sys.exit(main())
