"""A source's text, whatever its editor saved it as."""
import io
import tokenize


def decode(data):
    """Source as text: by its own coding line, else UTF-8, else GB18030, as editors in China save it."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data.decode(encoding)
    except (SyntaxError, UnicodeDecodeError):
        return data.decode('gb18030')
