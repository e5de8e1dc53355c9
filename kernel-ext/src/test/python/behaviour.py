"""What a person does to a kernel: prints a lot, errs, loops, interrupts. Fails with a sentence."""

import sys
import time

from session import Session

THREADS = """
Thread.getAllStackTraces().keySet().stream().filter(Thread::isAlive).map(Thread::getName)
    .filter(name -> java.util.List.of("vendor", "hospital", "helper").contains(name)).count()
    + ProcessHandle.current().descendants().filter(ProcessHandle::isAlive).count()
"""


def check(what, holds, found=""):
    if not holds:
        sys.exit(f"{what}: {found}")


def works(session):
    result = session.run("6 * 7")
    check("the next cell works", result.value == "42", result)


def prints(session):
    result = session.run('for (int i = 0; i < 20000; i++) System.out.println("line " + i);')
    numbers = [int(line[5:]) for line in result.streams.get("stdout", "").splitlines()]
    # Both hosts send a message a line; a client a thousand behind loses some, by ZeroMQ's limit.
    check("lines arrive in order", numbers == sorted(set(numbers)), numbers[:20])
    check("most lines arrive", len(numbers) > 1000, len(numbers))
    print(f"{len(numbers)} of 20000 lines arrived")
    works(session)


def overflows(session):
    result = session.run("int deep(int n) { return deep(n + 1) + 1; }\ndeep(0)")
    check("a stack overflow is an error", result.status == "error", result)
    trace = "".join(result.errors[0]["traceback"])
    check("it is named", "StackOverflowError" in trace, trace[:200])
    check("its trace is short", len(result.errors[0]["traceback"]) < 40, trace[:200])
    works(session)


def loops(session):
    started = lambda result: "looping" in result.streams.get("stdout", "")
    result = session.run(
        '{ System.out.println("looping"); long n = 0; while (true) n++; }',
        when=started,
        then=session.interrupt,
    )
    check("an interrupted loop ends", result.status == "error", result)
    works(session)


def fails(session):
    for code, wanted in [
        ("%%secure --model builtin:squeezenet1.1@64 --protocol 3pc", "--reveal hospital"),
        ("%%secure --model builtin:squeezenet1.1@64 --reveal both", "say by which protocol"),
        ("%%secure --model M.onnx --protocol 3pc --reveal both", "--cohort images.csv"),
        (
            "%%secure --model M.onnx --manifest none --protocol 3pc --reveal both",
            "neither a file nor a variable 'none'",
        ),
        ("%%secure --model M.onnx --surprise", "--help"),
        (
            '%%secure --model M.onnx --manifest x --protocol 3pc --reveal both\nint x = "one";',
            "cannot be converted",
        ),
        ("%%plaintext --model M.onnx --protocol 3pc", "use %%secure"),
        ("%%plan --model builtin:nothing", "builtin:nothing"),
    ]:
        result = session.run(code)
        check(f"{code} fails", result.status == "error", result)
        check(f"{code} says how to go on", wanted in result.error(), result.error())
        trace = result.errors[0]["traceback"]
        check(
            f"{code} shows no stack of the kernel",
            not any("\tat " in line for line in trace) and len(trace) <= 2,
            trace,
        )
    works(session)


def interrupts(session, model):
    session.run("var many = new java.util.ArrayList<GreyImage>();"
                "for (int i = 0; i < 8; i++) many.add(EmbeddedCohort.studies().get(i).render());")
    for more in ["", " --parties processes"]:
        reads = lambda result: " MB, " in result.text()
        moment = []

        def stop():
            moment.append(time.monotonic())
            session.interrupt()

        result = session.run(
            f"%%secure --model {model} --manifest many --protocol 3pc --reveal hospital{more}",
            when=reads,
            then=stop,
        )
        check("the cell ends", result.status == "error" and moment, result)
        left = "?"
        while time.monotonic() < moment[0] + 30:
            left = session.run(THREADS).value
            if left == "0":
                break
        # How long it took, for the log: a loaded machine is no judge.
        print(f"interrupt{more}: nothing left after {time.monotonic() - moment[0]:.2f} s")
        check("no thread and no process of a party is left", left == "0", left)
        works(session)


if __name__ == "__main__":
    with Session() as session:
        works(session)  # IJava loads the extension with the first cell
        for name in sys.argv[2:]:
            if name == "interrupts":
                interrupts(session, sys.argv[1])
            else:
                {"prints": prints, "overflows": overflows, "loops": loops, "fails": fails}[name](
                    session
                )
    print("well")
