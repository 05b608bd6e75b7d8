"""What `zipfile` raises over a damaged, hostile or unfamiliar archive: one list for whoever opens one that came from outside.

Not for code that does other things while the archive is open: OSError and ValueError there may be something else's.
"""

from __future__ import annotations

import struct
import zipfile
import zlib

DAMAGED: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,  # a member that does not unpack
    struct.error,  # a list of members cut short
    NotImplementedError,  # a way of packing that is not known here
    RuntimeError,  # a password
    EOFError,
    IndexError,
    OSError,
    ValueError,
)
