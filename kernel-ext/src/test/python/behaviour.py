"""What a person does to a kernel: prints a lot, errs, loops, interrupts. Fails with a sentence."""

import subprocess
import sys
import time
from pathlib import Path

import psutil
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
    began = time.monotonic()
    result = session.run(
        'for (int i = 0; i < 20000; i++) System.out.println("line " + i);'
        'System.err.println("to the other stream"); System.out.print("no line");\n%protocols'
    )
    lines = result.streams.get("stdout", "").splitlines()
    wanted = [f"line {i}" for i in range(20000)] + ["no line"]
    differ = next((pair for pair in enumerate(zip(lines, wanted)) if pair[1][0] != pair[1][1]), "")
    check("every line arrives, in order", lines == wanted, f"{len(lines)} lines, {differ}")
    check("both streams arrive", result.streams["stderr"] == "to the other stream\n", result.streams)
    order = [kind for kind, last in zip(result.order, result.order[1:] + [""]) if kind != last]
    check("in the order of the cell", order == ["stdout", "stderr", "stdout", "display_data"], order)
    print(f"20000 lines: {time.monotonic() - began:.1f} s, {result.messages} messages")
    result = session.run('System.out.print("before"); throw new IllegalStateException();')
    check("text comes before the error", result.order == ["stdout", "error"], result)
    result = session.run('System.out.print("first"); Thread.sleep(1000); System.out.print("then");')
    check("text comes while a cell runs", result.order == ["stdout", "stdout"], result)
    works(session)


def queue(session):
    """Run All: a cell that fails or is interrupted takes the ones behind it along."""
    for first, when in [
        ("Thread.sleep(500); throw new IllegalStateException();", None),
        ('System.out.println("looping"); while (true) { }', "looping"),
    ]:
        ids = session.send(first, "int after = 1;", "after + 1")
        if when:
            session.await_text(ids[0], when)
            session.interrupt()
        found = [session.reply(id)["status"] for id in ids]
        check("cells behind a failure are not run", found == ["error", "aborted", "aborted"], found)
        works(session)
    ids = session.send("throw new IllegalStateException();", "40 + 2", stop_on_error=False)
    found = [session.reply(id)["status"] for id in ids]
    check("unless that is asked for", found == ["error", "ok"], found)
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
    for loop in [
        "long n = 0; while (true) n++;",
        "while (true) { try { Thread.sleep(5); } catch (InterruptedException e) { break; } }",
        "java.util.stream.LongStream.iterate(0, i -> i + 1).filter(i -> i < 0).findFirst();",
    ]:
        result = session.run(
            'System.out.println("looping");\n' + loop,
            when=started,
            then=session.interrupt,
        )
        check(f"{loop} ends when interrupted", result.status == "error", result)
        works(session)
        burnt = idle_share(session)
        print(f"{loop} burns {burnt:.2f} of a core after the interrupt")
        check(f"{loop} burns no core after the interrupt", burnt < 0.3, burnt)


def idle_share(session):
    """How much of a core the idle kernel uses, at best of a few looks: compilers have work left."""
    kernel = psutil.Process(session.manager.provisioner.pid)
    shares = []
    for _ in range(20):
        before = sum(kernel.cpu_times()[:2])
        time.sleep(1)
        shares.append(sum(kernel.cpu_times()[:2]) - before)
        if shares[-1] < 0.1:
            break
    return min(shares)


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


def orphaned():
    """A kernel whose Jupyter is killed ends by itself."""
    program = (
        "from session import Session\nimport time\ns = Session()\n"
        "print(s.manager.provisioner.pid, flush=True)\ntime.sleep(600)"
    )
    jupyter = subprocess.Popen(
        [sys.executable, "-c", program], cwd=Path(__file__).parent, stdout=subprocess.PIPE
    )
    kernel = psutil.Process(int(jupyter.stdout.readline()))
    jupyter.kill()
    jupyter.wait()
    gone, alive = psutil.wait_procs([kernel], timeout=60)
    check("an orphaned kernel ends", not alive, alive)


BEHAVIOURS = {
    "prints": prints,
    "queue": queue,
    "overflows": overflows,
    "loops": loops,
    "fails": fails,
}

if __name__ == "__main__":
    with Session() as session:
        result = session.run("%protocols")
        check("the first cell can be a magic", "3pc" in result.text(), result)
        works(session)
        for name in sys.argv[2:]:
            began = time.monotonic()
            if name == "interrupts":
                interrupts(session, sys.argv[1])
            else:
                BEHAVIOURS[name](session)
            print(f"{name}: {time.monotonic() - began:.1f} s", flush=True)
    orphaned()
    print("well")
