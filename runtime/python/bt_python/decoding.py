"""A source's text, whatever its editor saved it as."""
import io
import tokenize


def decode(data, name):
    """
    Source as text: by its own coding line, else UTF-8, else GB18030, as editors in China save it; each line ends with one sign, and no mark
    of the encoding stands before the first. SyntaxError, at line 1 of the file of that name, for bytes that are none.
    """
    try:
        text = _decoded(data)
    except (UnicodeDecodeError, LookupError) as error:
        raise SyntaxError('the file is no text in its encoding (%s): save it as UTF-8' % error, (name, 1, 1, None))
    return io.IncrementalNewlineDecoder(None, True).decode(text, True).lstrip('\ufeff')


def _decoded(data):
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data.decode(encoding)
    except (SyntaxError, UnicodeDecodeError):
        return data.decode('gb18030')
