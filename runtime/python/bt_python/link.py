"""Frames over two pipes, and the loop that waits for an answer while it serves what the other end asks meanwhile.

A frame: u32 LE bytes that follow, u32 LE bytes of JSON, JSON, zeros up to a multiple of 8 from the frame's beginning, blocks of
bytes, each padded likewise. A value names its block by the offset from the first one.
"""
import os
import struct
import threading
import time

from .errors import LinkBroken, bt_error, from_wire
from .interrupts import Interrupts
from .values import Decoder, Encoder

_HEAD = struct.Struct('<II')
_PADDING = [b'\0' * n for n in range(8)]
_ROOM = 64 * 1024
LONGEST = 256 * 1024 * 1024
#: Nested calls that a message takes from its writing to its answer, and some to spare.
_FRAMES = 16
_ANSWERS = (b'["ret"', b'["err"')
_CUT = (
    'a call of the API was cut off before its answer, by an exception that was raised from outside or for want of memory, so the next one '
    'would get the wrong answer: let no other thread raise exceptions in the one that runs the strategy'
)
# The clock of a strategy puts its own in its place.
_real_sleep = time.sleep
_TURN = 0.0005


def _broken(error):
    """Without a text when the other end is gone."""
    return LinkBroken() if isinstance(error, BrokenPipeError) else LinkBroken('its pipe to bt does not work (%s)' % error)


def _headroom(frames):
    """Raises RecursionError while nothing is sent yet: one between a question and its answer would shift all answers after it."""
    if frames:
        _headroom(frames - 1)


def to_frame(text, blocks=()):
    """The bytes of a message: its JSON and what it refers to."""
    json_bytes = text.encode('utf-8')
    size = len(json_bytes)
    parts = [b'', json_bytes, _PADDING[-size % 8]]
    total = size + (-size % 8) + 4
    for block in blocks:
        length = block.nbytes if isinstance(block, memoryview) else len(block)
        parts.append(block)
        parts.append(_PADDING[-length % 8])
        total += length + (-length % 8)
    if total > LONGEST:
        raise bt_error('BAD_CALL', 'a value of %d bytes cannot be handed over (at most %d): pass less at once.' % (total, LONGEST))
    parts[0] = _HEAD.pack(total, size)
    return b''.join(parts)


class Link:
    """
    The child's end. One thread speaks at a time; the answer to a call comes after any callbacks that it causes. A call is whole or the end:
    what would leave one before its answer waits (signals), comes before it (recursion), or breaks the link.
    """

    def __init__(self, read_fd, write_fd):
        self._read_fd = read_fd
        self._write_fd = write_fd
        self._lock = threading.RLock()
        self._held = b''
        self._pid = os.getpid()
        self._thread = threading.get_ident()
        #: False while a part of a message is on its way.
        self._whole = True
        #: True from a question until its answer has been taken.
        self._owed = False
        #: Frames of questions without arguments, by name: always the same.
        self._bare = {}
        #: What is no error and ended a callback: it goes on when the call has its answer.
        self._leaving = None
        #: Whether the other end listens: while it loads the script, and in each dispatch.
        self.is_open = True
        self.interrupts = Interrupts()
        self.encoder = Encoder()
        self.decoder = Decoder()
        # Given by what knows the functions: (id, args) -> value.
        self.on_callback = None
        # Told of what an error is, for "err" answers.
        self.describe = None

    def send(self, message):
        self._write(self._bytes_of(message))

    def _bytes_of(self, message):
        text, blocks = self.encoder.encode(message)
        data = to_frame(text, blocks)
        self._check_process()
        return data

    def _check_process(self):
        if os.getpid() != self._pid:
            raise bt_error('WRONG_PROCESS', 'functions of the API work in the process of the strategy only, not in one that it started.')

    def _write(self, data):
        fd = self._write_fd
        if not self._whole:
            raise LinkBroken(_CUT)
        self._whole = False
        try:
            sent = os.write(fd, data)
            if sent < len(data):
                rest = memoryview(data)[sent:]
                while rest:
                    rest = rest[os.write(fd, rest):]
        except OSError as error:
            raise _broken(error)
        self._whole = True

    def receive(self):
        """The next message, decoded; its blocks are views of one buffer of its own."""
        if not self._whole:
            raise LinkBroken(_CUT)
        self._whole = False
        frame = self._frame()
        self._whole = True
        if frame[8:14] in _ANSWERS:
            self._owed = False
        return self.decoder.decode(frame)

    def _frame(self):
        data = self._held
        self._held = b''
        while len(data) < 8:
            data += self._some(_ROOM)
        total = _HEAD.unpack_from(data)[0] + 4
        if len(data) == total:
            return bytearray(data)
        if len(data) > total:
            self._held = data[total:]
            return bytearray(data[:total])
        frame = bytearray(total)
        at = len(data)
        frame[:at] = data
        view = memoryview(frame)
        while at < total:
            at += self._into(view[at:])
        return frame

    def _some(self, most):
        try:
            data = os.read(self._read_fd, most)
        except OSError as error:
            raise _broken(error)
        if not data:
            raise LinkBroken()
        return data

    if hasattr(os, 'readv'):

        def _into(self, view):
            try:
                count = os.readv(self._read_fd, [view])
            except OSError as error:
                raise _broken(error)
            if count == 0:
                raise LinkBroken()
            return count

    else:

        def _into(self, view):
            data = self._some(min(len(view), 1 << 20))
            view[: len(data)] = data
            return len(data)

    def call(self, name, args=(), kwargs=None, tables=None):
        """Asks and waits; `tables`: what makes the tables of the answer, when they are to be no DataFrames. Raises what the other end answered."""
        _headroom(_FRAMES)
        try:
            with self._lock:
                self._check_open(name)
                is_first = self.interrupts.hold()
                before, self.decoder.tables = self.decoder.tables, tables
                try:
                    return self._ask(self._question(name, args, kwargs))
                finally:
                    self.decoder.tables = before
                    self.interrupts.release(is_first)
        finally:
            if threading.get_ident() != self._thread:
                _real_sleep(_TURN)  # who has just let go of a lock would get it again before those that wait

    def _question(self, name, args, kwargs):
        if args or kwargs:
            return self._bytes_of(['call', name, args, kwargs or {}])
        data = self._bare.get(name)
        if data is None:
            data = self._bare[name] = self._bytes_of(['call', name, [], {}])
        self._check_process()
        return data

    def _check_open(self, name):
        if self.is_open:
            return
        raise bt_error(
            'NO_HOOK',
            '%s was called by a thread while no hook or task ran, and bt listens only while one does: call it in a hook or task, with what '
            'the thread has found, or wait there for the thread (join).' % name,
        )

    def _ask(self, data):
        if self._owed:
            raise LinkBroken(_CUT)
        self._owed = True
        self._write(data)
        while True:
            message = self.receive()
            kind = message[0]
            if kind == 'callback':
                self._serve(message[1], message[2])
                continue
            leaving, self._leaving = self._leaving, None
            if leaving is not None:
                raise leaving
            if kind == 'ret':
                return message[1]
            if kind == 'err':
                raise from_wire(message[1])
            raise LinkBroken('unexpected %r' % (kind,))

    def post(self, name, args=(), kwargs=None):
        """Tells and goes on."""
        _headroom(_FRAMES)
        with self._lock:
            is_first = self.interrupts.hold()
            try:
                self.send(['post', name, args, kwargs or {}])
            finally:
                self.interrupts.release(is_first)

    def leave_fork(self, error):
        """A process that the script forked, and that came back from its task, ends as if it had its own: nothing here is its business."""
        if os.getpid() == self._pid:
            return
        if error is not None:
            os.write(2, (self.describe(error)['stack'] + '\n').encode('utf-8', 'replace'))
        os._exit(0 if error is None else 1)

    def finish(self, message):
        """The last message of a dispatch: from now on the other end does not listen."""
        with self._lock:
            if self._owed:
                raise LinkBroken(_CUT)
            self.is_open = False
            self.send(message)

    def _serve(self, number, args):
        """A callback is the script's own code: it may be interrupted, and asks in its turn."""
        self._owed = False
        is_first = self.interrupts.let()
        try:
            answer = ['ret', self.on_callback(number, args)]
        except LinkBroken:
            raise
        except BaseException as error:
            if not isinstance(error, Exception):
                self._leaving = error
            answer = ['err', self.describe(error)]
        finally:
            self.interrupts.hold_again(is_first)
        if self._owed:
            raise LinkBroken(_CUT)
        try:
            self.send(answer)
        except Exception as error:
            self.send(['err', self.describe(error)])
        self._owed = True
