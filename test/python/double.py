"""A stand-in for Python's side of the link, standard library only: opens the two pipes in a folder, plays a list of steps, and writes
down what it was sent.

double.py FOLDER STEPS: each step is {"send": message, "blocks": [hex]} or "take" (waits for the next message).
"""
import json
import os
import struct
import sys


def main(folder, steps):
    to_python, from_python = os.path.join(folder, 'to_python'), os.path.join(folder, 'from_python')
    os.mkfifo(from_python)
    os.mkfifo(to_python)
    reading = os.open(to_python, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(reading, True)
    writing = os.open(from_python, os.O_WRONLY)
    taken = []
    for step in steps:
        if step == 'take':
            taken.append(take(reading))
            with open(os.path.join(folder, 'taken.json'), 'w') as file:
                json.dump(taken, file)
        else:
            os.write(writing, frame(step['send'], [bytes.fromhex(one) for one in step.get('blocks', [])]))
    sys.stdin.read()


def frame(message, blocks):
    text = json.dumps(message, ensure_ascii=False, separators=(',', ':')).encode()
    body = struct.pack('<I', len(text)) + text
    body += b'\0' * (-(len(body) + 4) % 8)
    for block in blocks:
        body += block + b'\0' * (-len(block) % 8)
    return struct.pack('<I', len(body)) + body


def take(reading):
    total = struct.unpack('<I', whole(reading, 4))[0]
    body = whole(reading, total)
    size = struct.unpack('<I', body[:4])[0]
    begin = 4 + size + (-(size + 8) % 8)
    return {'message': json.loads(body[4 : 4 + size].decode()), 'blocks': body[begin:].hex()}


def whole(reading, size):
    data = b''
    while len(data) < size:
        more = os.read(reading, size - len(data))
        if not more:
            sys.exit(0)
        data += more
    return data


main(sys.argv[1], json.loads(sys.argv[2]))
