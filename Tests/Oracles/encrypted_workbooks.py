#!/usr/bin/env python3
"""Opens workbooks that msoffcrypto-tool has encrypted (agile), and standard ones that it can open, with `--password-file`.

    python3 Tests/Oracles/encrypted_workbooks.py BINARY [WORKBOOKS]      needs openpyxl msoffcrypto-tool olefile
"""

import hashlib
import io
import pathlib
import random
import struct
import subprocess
import sys
import tempfile

import msoffcrypto
import openpyxl
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from msoffcrypto.format.ooxml import OOXMLFile


def package(rng):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["工号", "姓名", "自付金额"])
    for n in range(rng.randrange(1, 2000)):
        sheet.append([f"{1000 + n}", rng.choice(["张三", "李四"]), round(rng.uniform(0, 1e5), 2)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def compound(streams):
    """An OLE2 file with large streams only: those under 4096 bytes are told to be as large."""
    def padded(data, size):
        return data + bytes(-len(data) % size)
    sectors, table, entries = b"", [], []
    for name, data in streams:
        start, count = len(table), len(padded(data, 512)) // 512
        sectors += padded(data, 512)
        table += [start + i + 1 for i in range(count - 1)] + [0xFFFFFFFE]
        entries.append((name, start, len(data)))

    def entry(name, kind, right, child, start, size):
        text = name.encode("utf-16-le") + b"\0\0"
        return text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, 0xFFFFFFFF, right, child) + bytes(36) \
            + struct.pack("<IQ", start, size)
    directory = entry("Root Entry", 5, 0xFFFFFFFF, 1, 0xFFFFFFFE, 0)
    for i, (name, start, size) in enumerate(entries):
        directory += entry(name, 2, i + 2 if i + 1 < len(entries) else 0xFFFFFFFF, 0xFFFFFFFF, start, size)
    directory = padded(directory, 512)
    directory_at = len(table)
    sectors += directory
    table += [directory_at + 1 + i for i in range(len(directory) // 512 - 1)] + [0xFFFFFFFE]
    table_at = len(table)
    count = (table_at + 126) // 127
    table += [0xFFFFFFFD] * count
    table += [0xFFFFFFFF] * (-len(table) % 128)
    header = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIII", 0, count, directory_at, 0, 4096) + struct.pack("<IIII", 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", *[table_at + i if i < count else 0xFFFFFFFF for i in range(109)])
    return header + sectors + struct.pack(f"<{len(table)}I", *table)


def standard(data, password, bits, rng):
    salt, verifier = rng.randbytes(16), rng.randbytes(16)
    hashed = hashlib.sha1(salt + password.encode("utf-16-le")).digest()
    for i in range(50000):
        hashed = hashlib.sha1(struct.pack("<I", i) + hashed).digest()
    hashed = hashlib.sha1(hashed + bytes(4)).digest()

    def half(filler):
        return hashlib.sha1(bytes(a ^ filler for a in hashed.ljust(64, b"\0"))).digest()
    key = (half(0x36) + half(0x5C))[:bits // 8]

    def locked(plain):
        encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()
        return encryptor.update(plain + bytes(-len(plain) % 16)) + encryptor.finalize()
    provider = "Microsoft Enhanced RSA and AES Cryptographic Provider\0".encode("utf-16-le")
    header = struct.pack("<8I", 0x24, 0, {128: 0x660E, 192: 0x660F, 256: 0x6610}[bits], 0x8004, bits, 0x18, 0, 0) + provider
    info = struct.pack("<HHII", 4, 2, 0x24, len(header)) + header + struct.pack("<I", 16) + salt + locked(verifier) \
        + struct.pack("<I", 20) + locked(hashlib.sha1(verifier).digest())
    # Filled up, so that the description is no small stream.
    return compound([("EncryptionInfo", info.ljust(4096, b"\0")), ("EncryptedPackage", struct.pack("<Q", len(data)) + locked(data))])


def inspect(binary, path, passwords):
    return subprocess.run([binary, "inspect", "--raw", str(path)] + (["--password-file", str(passwords)] if passwords else []),
                          capture_output=True)


def main():
    binary, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 24
    rng = random.Random(20231228)
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for n in range(count):
            data, password = package(rng), rng.choice(["secret", "密码 一二三", "p@ss word!", "x" * 255, "😀é"])
            plain, locked, passwords = folder / "plain.xlsx", folder / "locked.xlsx", folder / "passwords"
            plain.write_bytes(data)
            passwords.write_text(f"not this one\r\n{password}\r\n", encoding=rng.choice(["utf-8", "utf-8-sig"]), newline="")
            passwords.chmod(0o600)
            kind = ["agile", "standard 128", "standard 256"][n % 3]
            if kind == "agile":
                with open(locked, "wb") as out:
                    OOXMLFile(io.BytesIO(data)).encrypt(password, out)
            else:
                locked.write_bytes(standard(data, password, int(kind[-3:]), rng))
            with open(locked, "rb") as file:
                office, opened = msoffcrypto.OfficeFile(file), io.BytesIO()
                office.load_key(password=password, verify_password=True)
                office.decrypt(opened)
            ours, wanted, without = inspect(binary, locked, passwords), inspect(binary, plain, None), inspect(binary, locked, None)
            if (opened.getvalue() != data or ours.stdout != wanted.stdout or not ours.stdout or ours.stderr
                    or b"FILE-ENCRYPTED" not in without.stderr + without.stdout or password.encode() in without.stderr):
                wrong += 1
                print(f"{n} {kind}: {ours.stderr.decode()[:300]} {without.stderr.decode()[:200]}")
    print(f"{count} workbooks opened, {wrong} differences")
    sys.exit(wrong > 0)


main()
