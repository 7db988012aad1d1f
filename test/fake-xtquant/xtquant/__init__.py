"""A stand-in for the vendor's SDK, as its documentation describes it ("source: vendor's documentation"), for tests.

It behaves as that one does: classes, threads, callbacks, return codes. What the counter answers it asks of a terminal of the tests
(terminal.ts beside this folder) at the address in FAKE_XTQUANT, or reads from the script file that FAKE_XTQUANT_SCRIPT names.
"""

import os
import time

__version__ = "250516.1.1-fake"

# Importing prints and may reach for the network (source: vendor's package, read): a bridge that speaks on standard output must bear it.
print("xtquant (a stand-in) says hello on standard output")
if os.environ.get("FAKE_XTQUANT_IMPORT") == "hang":
    time.sleep(3600)
if os.environ.get("FAKE_XTQUANT_IMPORT") == "fail":
    raise ImportError("DLL load failed while importing xtpythonclient: the specified module could not be found")
