"""Frames over two pipes, and the loop that waits for an answer while it serves what the other end asks meanwhile.

A frame: u32 LE bytes that follow, u32 LE bytes of JSON, JSON, zeros up to a multiple of 8 from the frame's beginning, blocks of
bytes, each padded likewise. A value names its block by the offset from the first one.
"""
import os
import struct
import threading

from .errors import LinkBroken, bt_error, from_wire
from .values import Decoder, Encoder

_HEAD = struct.Struct('<II')
_PADDING = [b'\0' * n for n in range(8)]
_ROOM = 64 * 1024
LONGEST = 256 * 1024 * 1024


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
    """The child's end. One thread speaks at a time; the answer to a call comes after any callbacks that it causes."""

    def __init__(self, read_fd, write_fd):
        self._read_fd = read_fd
        self._write_fd = write_fd
        self._lock = threading.RLock()
        self._held = b''
        self._pid = os.getpid()
        self.encoder = Encoder()
        self.decoder = Decoder()
        # Given by what knows the functions: (id, args) -> value.
        self.on_callback = None
        # Told of what an error is, for "err" answers.
        self.describe = None

    def send(self, message):
        encoder = self.encoder
        text, blocks = encoder.encode(message)
        data = to_frame(text, blocks)
        if os.getpid() != self._pid:
            raise bt_error('WRONG_PROCESS', 'functions of the API work in the process of the strategy only, not in one that it started.')
        fd = self._write_fd
        try:
            sent = os.write(fd, data)
            if sent < len(data):
                rest = memoryview(data)[sent:]
                while rest:
                    rest = rest[os.write(fd, rest):]
        except OSError as error:
            raise LinkBroken(str(error))

    def receive(self):
        """The next message, decoded; its blocks are views of one buffer of its own."""
        frame = self._frame()
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
            raise LinkBroken(str(error))
        if not data:
            raise LinkBroken('closed')
        return data

    if hasattr(os, 'readv'):

        def _into(self, view):
            try:
                count = os.readv(self._read_fd, [view])
            except OSError as error:
                raise LinkBroken(str(error))
            if count == 0:
                raise LinkBroken('closed')
            return count

    else:

        def _into(self, view):
            data = self._some(min(len(view), 1 << 20))
            view[: len(data)] = data
            return len(data)

    def call(self, name, args=(), kwargs=None):
        """Asks and waits. Raises what the other end answered."""
        with self._lock:
            self.send(['call', name, args, kwargs or {}])
            while True:
                message = self.receive()
                kind = message[0]
                if kind == 'ret':
                    return message[1]
                if kind == 'err':
                    raise from_wire(message[1])
                if kind != 'callback':
                    raise LinkBroken('unexpected %r' % (kind,))
                self._serve(message[1], message[2])

    def post(self, name, args=(), kwargs=None):
        """Tells and goes on."""
        with self._lock:
            self.send(['post', name, args, kwargs or {}])

    def _serve(self, number, args):
        try:
            self.send(['ret', self.on_callback(number, args)])
        except Exception as error:
            self.send(['err', self.describe(error)])
