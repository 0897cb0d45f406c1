# Runs a program at a pseudo terminal; order on standard input, report on standard output, both JSON.
import fcntl, json, os, pty, select, signal, struct, subprocess, sys, termios, time

order = json.load(sys.stdin)
master, slave = pty.openpty()
fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))


def take_terminal():
    # As at every terminal, though tests in the background are started with the signal ignored.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LC_ALL": "C.UTF-8"}
environment.update(order["environment"])
child = subprocess.Popen(
    order["argv"], stdin=slave, stdout=slave, stderr=slave, env=environment, preexec_fn=take_terminal
)
screen = b""


def look(seconds):
    global screen
    if select.select([master], [], [], seconds)[0]:
        screen += os.read(master, 65536)
        return True
    return False


missed = None
seen = 0
for expected, answer in order["steps"]:
    deadline = time.monotonic() + 20
    wanted = expected.encode()
    while wanted not in screen[seen:] and time.monotonic() < deadline:
        look(0.1)
        if child.poll() is not None and not look(0.1):
            break
    if wanted not in screen[seen:]:
        missed = expected
        break
    seen = screen.index(wanted, seen) + len(wanted)
    while look(0.15):
        pass
    os.write(master, answer.encode())

if missed is not None:
    child.kill()
deadline = time.monotonic() + 20
while child.poll() is None and time.monotonic() < deadline:
    look(0.05)
if child.poll() is None:
    child.kill()
    missed = missed or "the end of the program"
while look(0.1):
    pass
report = {
    "screen": screen.decode(errors="replace"),
    "status": child.wait(),
    "echo": bool(termios.tcgetattr(slave)[3] & termios.ECHO),
    "missed": missed,
}
json.dump(report, sys.stdout)
