"""The members of a ZIP, by name, counted while they unpack: what a list of members says of itself is not believed."""

import io
import struct
import zipfile
import zlib
from typing import NoReturn

from graph.errors import InputError
from loaders.read import limits
from loaders.read.refusals import damaged, protected

# The end of a ZIP: signature, four numbers of disks and members, length of the list of members.
_END, _END_FORM = b"PK\x05\x06", struct.Struct("<4s4HI")
_END_REACH = (1 << 16) + _END_FORM.size
_ENCRYPTED, _UTF8 = 0x1, 0x800
_PACKED_AS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_STEP = 1 << 20
_FAULTS = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError, KeyError)


class SafeZip:
    """A ZIP in memory; `names` are those of its members that are no folders, in the order of its list."""

    def __init__(self, data: bytes, where: str) -> None:
        """Open the ZIP that `data` holds; `where` names it in errors.

        Raises:
            InputError: it is damaged, has too many members, or two of one name.
        """
        self.where = where
        self._sizes: dict[str, int] = {}
        _refuse_long_list(data, where)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _FAULTS as error:
            self._damaged(error)
        listed = [one for one in self._zip.infolist() if not one.is_dir()]
        if len(listed) > limits.MEMBERS:
            raise _too_many(where)
        self._members: dict[str, zipfile.ZipInfo] = {}
        for one in listed:
            name = _name(one)
            if name in self._members:
                raise InputError(
                    "{where}: holds two members of the name {name!r}; pack it anew", where=where, name=name
                )
            self._members[name] = one

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all members that are no folders."""
        return tuple(self._members)

    def __contains__(self, name: str) -> bool:
        """Tell whether there is a member of that name."""
        return name in self._members

    def read(self, name: str, most: int = limits.MEMBER_BYTES) -> bytes:
        """Return the bytes of a member of `names`.

        Raises:
            InputError: it is encrypted, damaged, packed in a way that is not read, or unpacks to more than the limits.
        """
        member = self._members[name]
        if member.flag_bits & _ENCRYPTED:
            raise protected(self.where)
        if member.compress_type not in _PACKED_AS:
            raise InputError(
                "{where}: {name!r} is packed in a way that is not read; pack it anew as an ordinary ZIP",
                where=self.where,
                name=name,
            )
        parts: list[bytes] = []
        size = 0
        try:
            with self._zip.open(member) as file:
                while part := file.read(_STEP):
                    size += len(part)
                    # A member that is read again is not counted again.
                    self._sizes[name] = max(self._sizes.get(name, 0), size)
                    self._refuse_size(name, size, member.compress_size, most)
                    parts.append(part)
        except _FAULTS as error:
            self._damaged(error)
        return b"".join(parts)

    def _refuse_size(self, name: str, size: int, packed: int, most: int) -> None:
        bomb = size > limits.RATIO_FROM and size > limits.RATIO * max(packed, 1)
        if bomb or size > most or sum(self._sizes.values()) > limits.ARCHIVE_BYTES:
            raise InputError(
                "{where}: {name!r} unpacks to more than is read (over {size:,} bytes from {packed:,}); it was not read,"
                " make sure where it comes from",
                where=self.where,
                name=name,
                size=size,
                packed=packed,
            )

    def _damaged(self, error: Exception) -> NoReturn:
        raise damaged(self.where) from error


def _refuse_long_list(data: bytes, where: str) -> None:
    """Refuse a list of members that is too long to be read: the library reads all of it before it can be asked."""
    at = data.rfind(_END, max(len(data) - _END_REACH, 0))
    if at < 0 or at + _END_FORM.size > len(data):
        raise damaged(where)
    *_, members, size = _END_FORM.unpack_from(data, at)
    if members > limits.MEMBERS or size > limits.DIRECTORY_BYTES:
        raise _too_many(where)


def _too_many(where: str) -> InputError:
    return InputError(
        "{where}: holds more than {most:,} members; pack it in several archives", where=where, most=limits.MEMBERS
    )


def _name(member: zipfile.ZipInfo) -> str:
    """Return the name of a member; programs of Chinese systems write it in GBK and do not say so.

    >>> _name(zipfile.ZipInfo("河堤.txt".encode("gbk").decode("cp437")))
    '河堤.txt'
    """
    if member.flag_bits & _UTF8:
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for codec in ("utf-8", "gb18030"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return member.filename
