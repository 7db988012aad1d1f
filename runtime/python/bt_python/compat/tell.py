"""Warnings of old names, each once."""


class Tell(object):
    def __init__(self, write):
        self._write = write
        self._told = set()

    def __call__(self, old, new):
        """Says that `old` was used, and what to write instead."""
        if old in self._told:
            return
        self._told.add(old)
        self._write('%s is not in the installed version; it runs as before. Write %s instead.' % (old, new))
