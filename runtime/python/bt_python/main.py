"""Start of the child: `python3 -B -X utf8 main.py FOLDER`. Its standard input is the engine's; when that ends, so does this process."""
import errno
import os
import select
import signal
import sys
import threading

if __name__ == '__main__':
    # Not the package's folder: its files' names would hide other modules.
    sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def _leave():
    """Ends this process and what it has started, at once."""
    if hasattr(os, 'killpg'):
        try:
            if os.getpgrp() == os.getpid():
                os.killpg(os.getpgrp(), signal.SIGKILL)
        except OSError:
            pass
    os._exit(1)


def _watch():
    """The engine holds the other end of standard input and writes nothing: its end is the engine's."""
    try:
        while os.read(0, 4096):
            pass
    except OSError:
        pass
    _leave()


def _die_with_parent():
    """On Linux the kernel does it too, whatever this process is doing."""
    if sys.platform != 'linux':
        return
    try:
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)
    except (OSError, AttributeError):
        pass


def _ignore_signals():
    """
    The terminal sends these to everybody: what they mean is the engine's business. What the script starts takes them: a signal that is
    ignored stays so in every process that is started, which then could not be ended (`Pool.terminate()` would wait for ever).
    """
    numbers = [getattr(signal, name) for name in ('SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK') if hasattr(signal, name)]
    for number in numbers:
        signal.signal(number, _nothing)

    def take():
        for number in numbers:
            if signal.getsignal(number) is _nothing:
                signal.signal(number, signal.SIG_DFL)

    if hasattr(os, 'register_at_fork'):
        os.register_at_fork(after_in_child=take)


def _nothing(number, frame):
    pass


def _open_pipes(folder):
    """Two one-way pipes; the other end opens them in the same order."""
    if not hasattr(os, 'mkfifo'):
        sys.exit('Strategies in Python run on Linux and macOS only: this system has no named pipes in folders.')
    to_python, from_python = os.path.join(folder, 'to_python'), os.path.join(folder, 'from_python')
    os.mkfifo(from_python, 0o600)
    os.mkfifo(to_python, 0o600)
    read_fd = os.open(to_python, os.O_RDONLY | os.O_NONBLOCK)
    write_fd = _opened_at_once(from_python)
    if write_fd is None:
        _prepare()
        write_fd = os.open(from_python, os.O_WRONLY)
    os.set_blocking(write_fd, True)
    os.set_blocking(read_fd, True)
    return read_fd, write_fd


def _opened_at_once(path):
    """The pipe if the other end comes within a moment, else None: it waits for the engine, and there is time to prepare."""
    for _ in range(10):
        try:
            return os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise
        select.select([], [], [], 0.005)
    return None


def _prepare():
    """Nearly every script needs pandas, which takes most of the time of a start."""
    try:
        import pandas  # noqa: F401
    except Exception:
        pass  # the script says what it needs, and then hears what is wrong with it


def main():
    folder = sys.argv[1]
    _ignore_signals()
    _die_with_parent()
    threading.Thread(target=_watch, name='lifeline', daemon=True).start()
    from bt_python import app
    from bt_python.errors import LinkBroken

    read_fd, write_fd = _open_pipes(folder)
    sys.argv[:] = ['']
    # Neither this folder nor the package's neighbours are the script's.
    del sys.path[0]
    try:
        app.main(read_fd, write_fd)
    except LinkBroken as broken:
        if broken.args:  # the engine listens: it says what ended this, and ends what is left
            os.write(2, ('Python ends: %s.\n' % broken).encode('utf-8', 'replace'))
            os._exit(1)
        _leave()


if __name__ == '__main__':
    main()
