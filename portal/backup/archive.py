"""The file itself: members with their digests, and a manifest that is written last."""

import hashlib
import json
import os
import re
import zipfile
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

FORMAT, VERSION = "monograph-portal-backup", 1
MANIFEST = "manifest.json"
MOST_MANIFEST = 200_000_000
"""Bytes; a picture takes about 120."""

NAME = re.compile(r"rows/[a-z_]+\.[a-z_]+\.jsonl|files/pictures/[0-9a-f]{16}(?:-\d{1,4})?\.(?:png|jpg|avif|webp)")
CHUNK = 1 << 20


class Unusable(Exception):
    """The file is no archive of this program, or not whole any more; the message says what is wrong with it."""


class Writer:
    """Writes an archive. `add` takes a name and an iterable of bytes."""

    def __init__(self, file):
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self.members = {}

    def add(self, name, parts, *, is_compressed=False):
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_STORED if is_compressed else zipfile.ZIP_DEFLATED
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as member:
            for part in parts:
                member.write(part)
                digest.update(part)
                size += len(part)
        self.members[name] = {"sha256": digest.hexdigest(), "bytes": size}

    def abandon(self):
        """Leave it unfinished, and nothing to be done when Python clears it away."""
        with suppress(Exception):  # whatever was wrong before is still wrong
            self._zip.close()

    def finish(self, **facts):
        """Write the manifest; return the digest of all that the archive holds."""
        manifest = {"format": FORMAT, "version": VERSION, **facts, "members": self.members}
        self._zip.writestr(MANIFEST, json.dumps(manifest, indent=1, sort_keys=True))
        self._zip.close()
        return digest_of(self.members)


@contextmanager
def new_archive(path):
    """Return a Writer; the file appears under its name when it is whole, and only its owner can read it."""
    path = Path(path)
    unfinished = path.with_name(f"{path.name}.part")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            writer = Writer(file)
            try:
                yield writer
            except BaseException:
                writer.abandon()
                raise
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


class Reader:
    """Reads an archive whose every byte has been checked, and closes it at the end of a `with`. Raises Unusable."""

    def __init__(self, path):
        with ExitStack() as open_files:
            try:
                self._zip = open_files.enter_context(zipfile.ZipFile(path))
                self.manifest = self._read_manifest()
                self._check_members()
            except OSError:
                raise
            except Exception as error:  # Each part of a damaged file makes something else stumble.
                raise Unusable(f"{path} is not a whole archive of this program ({error}).") from error
            open_files.pop_all()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._zip.close()

    def lines(self, name):
        """Return the lines of a member as they come."""
        with self._zip.open(name) as member:
            yield from member

    def read(self, name):
        """Return a member as a whole."""
        return self._zip.read(name)

    @property
    def digest(self):
        """The digest of all that the archive holds: the same for two sites that are the same."""
        return digest_of(self.manifest["members"])

    def files(self):
        """Return the paths of the pictures below MEDIA_URL."""
        return [name.removeprefix("files/") for name in self.manifest["members"] if name.startswith("files/")]

    def _read_manifest(self):
        if self._zip.getinfo(MANIFEST).file_size > MOST_MANIFEST:
            raise ValueError("its manifest is too large")
        manifest = json.loads(self._zip.read(MANIFEST))
        if manifest["format"] != FORMAT:
            raise ValueError("another program made it")
        if manifest["version"] != VERSION:
            raise ValueError(f"its format is version {manifest['version']}, and this program reads {VERSION}")
        return manifest

    def _check_members(self):
        members = self.manifest["members"]
        names = self._zip.namelist()
        if sorted(names) != sorted([*members, MANIFEST]):
            raise ValueError("its members are not those of its manifest")
        for name, facts in members.items():
            if not NAME.fullmatch(name):
                raise ValueError(f"{name!r} has no place in it")
            digest, left = hashlib.sha256(), facts["bytes"]
            with self._zip.open(name) as member:
                while part := member.read(CHUNK):
                    left -= len(part)
                    if left < 0:
                        break
                    digest.update(part)
            if left or digest.hexdigest() != facts["sha256"]:
                raise ValueError(f"{name} is damaged")


def digest_of(members):
    """Return one digest over the digests of all members."""
    lines = (f"{name} {facts['sha256']}\n" for name, facts in sorted(members.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()
