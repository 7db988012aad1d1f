"""The cases by topic: `CASES` holds pandas' expressions, or what `spelled` and `raises` make of one."""


def spelled(pandas, ours):
    """A case whose spelling the rules of translate.py do not give."""
    return (pandas, ours, False)


def raises(pandas, ours=None):
    """A case that is an error on both sides."""
    return (pandas, ours, True)
