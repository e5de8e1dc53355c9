"""A session with the installed kernel `blindread`, as a front end has it."""

import queue
import time
from dataclasses import dataclass, field

from jupyter_client.manager import start_new_kernel

PATIENCE = 240


@dataclass
class Result:
    status: str = ""
    value: str = ""
    streams: dict = field(default_factory=dict)
    errors: list = field(default_factory=list)
    shown: dict = field(default_factory=dict)  # last data by display id, or by number
    order: list = field(default_factory=list)  # what kind of output came after what
    updates: int = 0
    messages: int = 0

    def error(self):
        return self.errors[0]["evalue"] if self.errors else ""

    def html(self):
        return "\n".join(data.get("text/html", "") for data in self.shown.values())

    def text(self):
        return "\n".join(data.get("text/plain", "") for data in self.shown.values())


class Session:
    def __init__(self):
        self.manager, self.client = start_new_kernel(
            kernel_name="blindread", startup_timeout=PATIENCE
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def run(self, code, when=None, then=None):
        """Runs a cell; once `when` holds for the result so far, does `then`."""
        result = Result()
        id = self.client.execute(code)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                message = self.client.get_iopub_msg(timeout=1)
            except queue.Empty:
                continue
            if message["parent_header"].get("msg_id") != id:
                continue
            result.messages += 1
            content = message["content"]
            match message["msg_type"]:
                case "stream":
                    name = content["name"]
                    result.streams[name] = result.streams.get(name, "") + content["text"]
                    result.order.append(name)
                case "execute_result":
                    result.value = content["data"].get("text/plain", "")
                    result.shown[len(result.shown)] = content["data"]
                case "display_data" | "update_display_data":
                    key = content.get("transient", {}).get("display_id", len(result.shown))
                    result.updates += key in result.shown
                    result.order.append(message["msg_type"])
                    result.shown[key] = content["data"]
                case "error":
                    result.errors.append(content)
                    result.order.append("error")
                case "status" if content["execution_state"] == "idle":
                    break
            if when and when(result):
                when = None
                then()
        else:
            raise AssertionError(f"cell did not end in {PATIENCE} s: {code[:60]}")
        result.status = self.reply(id)["status"]
        return result

    def send(self, *cells, **options):
        """Asks for cells at once, as Run All does."""
        return [self.client.execute(code, **options) for code in cells]

    def await_text(self, id, text):
        """Waits until a cell has printed a text."""
        shown = ""
        deadline = time.monotonic() + PATIENCE
        while text not in shown:
            if time.monotonic() > deadline:
                raise AssertionError(f"nothing printed '{text}' in {PATIENCE} s")
            try:
                message = self.client.get_iopub_msg(timeout=1)
            except queue.Empty:
                continue
            if message["parent_header"].get("msg_id") == id and message["msg_type"] == "stream":
                shown += message["content"]["text"]

    def reply(self, id):
        """What a cell that was sent was answered; answers come in order."""
        while True:
            reply = self.client.get_shell_msg(timeout=PATIENCE)
            if reply["parent_header"].get("msg_id") == id:
                return reply["content"]

    def interrupt(self):
        self.manager.interrupt_kernel()
