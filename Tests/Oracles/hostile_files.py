#!/usr/bin/env python3
"""Makes files that mean harm and measures what reading each costs: at most a second of processor time and 200 MB is
the aim.

    python3 Tests/Oracles/hostile_files.py BINARY
"""

import io
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TEXT = '<c t="inlineStr"><is><t>甲</t></is></c>'
SECONDS, MEGABYTES = 1.0, 200


def sheet(rows, after="", prolog=""):
    return f'<?xml version="1.0"?>\n{prolog}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def link(number, kind, target):
    return f'<Relationship Id="r{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'


def book(rows="", after="", prolog="", parts=(), shared=None, styles=None, sheets=None, stored=False, extra=()):
    links = link(1, "worksheet", "worksheets/sheet1.xml")
    files = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">{link(1, "officeDocument", "xl/workbook.xml")}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
                           + (sheets or '<sheet name="s" sheetId="1" r:id="r1"/>') + "</sheets></workbook>",
        "xl/worksheets/sheet1.xml": sheet(rows, after, prolog),
    }
    if shared is not None:
        links += link(2, "sharedStrings", "sharedStrings.xml")
        files["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{shared}</sst>'
    if styles is not None:
        links += link(3, "styles", "styles.xml")
        files["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    files["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>'
    files.update(dict(parts))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
        for name, text in extra:
            archive.writestr(name, text)
    return out.getvalue()


OFFICE = " ".join(f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{p}:1.0"' for p in ("office", "table", "text"))


def flat(tables, prolog=""):
    return (f'<?xml version="1.0"?>\n{prolog}<office:document {OFFICE}><office:body><office:spreadsheet>{tables}'
            "</office:spreadsheet></office:body></office:document>").encode()


def old_xml(rows, prolog=""):
    return (f'<?xml version="1.0"?>\n{prolog}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
            f'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="s"><Table>{rows}</Table></Worksheet></Workbook>'
            ).encode()


def lying(data, size):
    """The sheet's directory entry says another size."""
    at = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    return data[:at + 24] + struct.pack("<I", size) + data[at + 28:]


def overlapping(data, count):
    """Many directory entries for the bytes of one part."""
    end = data.rindex(b"PK\5\6")
    start = struct.unpack("<I", data[end + 16:end + 20])[0]
    at = data.rindex(b"bomb.bin") - 46
    entry = data[at:at + 46 + 8]
    directory = data[start:end] + b"".join(entry[:46] + f"{i:08d}".encode() for i in range(count))
    entries = struct.unpack("<H", data[end + 10:end + 12])[0] + count
    return data[:start] + directory + b"PK\5\6\0\0\0\0" + struct.pack("<HHIIH", entries, entries, len(directory), start, 0)


def bomb_entities():
    text = "<!DOCTYPE d [<!ENTITY a0 \"ha\">"
    for i in range(1, 31):
        text += f'<!ENTITY a{i} "' + f"&a{i - 1};" * 10 + '">'
    return text + "]>"


def row(number, cell):
    return f'<row r="{number}"><c r="{cell}"><v>1</v></c></row>'


def files():
    zeros = "0" * (512 << 20)
    yield "zip bomb: half a gigabyte of zeros in a cell", "xlsx", book(f"<row><c><v>{zeros}</v></c></row>")
    part = book(f"<row>{TEXT}</row>", extra=[("bomb.bin", zeros)])
    yield "zip bomb in a part that is not read", "xlsx", part
    inner = book(f"<row>{TEXT}</row>", extra=[("bomb.bin", zeros)])
    for _ in range(3):
        inner = book(f"<row>{TEXT}</row>", extra=[("inner.zip", inner)])
    yield "archives in archives", "xlsx", inner
    yield "a thousand entries over the same bytes", "xlsx", overlapping(part, 1000)
    plain = book(f"<row>{TEXT}</row>")
    for size in (0, 10, 1 << 20, 0xFFFFFFF0):
        yield f"a part that says it has {size} bytes", "xlsx", lying(plain, size)
    del zeros, part
    blank = "<row>" + "<c/>" * 16384 + "</row>"
    yield "100 million cells of nothing, packed", "xlsx", book(blank * 6104)
    yield "100 million cells of nothing, below the ratio", "xlsx", book(blank * 6104, extra=[("x.bin", os.urandom(3 << 20))])
    cells = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
    yield "17 billion cells, repeated", "fods", flat(
        f'<table:table table:name="t"><table:table-row table:number-rows-repeated="1048576">{cells}</table:table-row></table:table>')
    merges = "".join(f'<mergeCell ref="A{i}:B{i}"/>' for i in range(1, 1_000_001))
    yield "a million merged ranges", "xlsx", book(f"<row>{TEXT}</row>", f"<mergeCells>{merges}</mergeCells>")
    yield "a million merged cells", "fods", flat('<table:table table:name="t">' + (
        '<table:table-row><table:table-cell office:value-type="float" office:value="1" table:number-columns-spanned="2"/></table:table-row>'
        * 1_000_000) + "</table:table>")
    yield "a million merged cells", "xml", old_xml('<Row><Cell ss:MergeAcross="1"><Data ss:Type="String">x</Data></Cell></Row>' * 1_000_000)
    yield "row 1,048,576", "xlsx", book(row(1048576, "XFD1048576"))
    yield "row 1,048,577", "xlsx", book(row(1048577, "A1048577"))
    yield "1,048,577 rows", "xlsx", book('<row><c><v>1</v></c></row>' * 1_048_577)
    yield "1,048,577 rows", "xml", old_xml('<Row><Cell><Data ss:Type="Number">1</Data></Cell></Row>' * 1_048_577)
    yield "1,048,577 lines", "csv", b"1\n" * 1_048_577
    deep = "<d>" * 1_000_000 + "</d>" * 1_000_000
    yield "a million elements deep", "xlsx", book(after=deep)
    yield "a million elements deep", "fods", flat(deep)
    yield "a million elements deep", "xml", old_xml("").replace(b"</Workbook>", deep.encode() + b"</Workbook>")
    giant = "x" * 50_000_000
    yield "an attribute of 50 MB", "xlsx", book(after=f'<d a="{giant}"/>', stored=True)
    yield "a text of 50 MB", "xlsx", book(f"<row><c t=\"inlineStr\"><is><t>{giant}</t></is></c></row>", stored=True)
    yield "a shared string of 50 MB", "xlsx", book('<row><c t="s"><v>0</v></c></row>', shared=f"<si><t>{giant}</t></si>", stored=True)
    yield "an attribute of 50 MB", "fods", flat(f'<d a="{giant}"/>')
    yield "a text of 50 MB", "xml", old_xml(f'<Row><Cell><Data ss:Type="String">{giant}</Data></Cell></Row>')
    yield "a field of 50 MB", "csv", f"1,{giant}\n".encode()
    yield "an open quotation mark, 50 MB", "csv", f'1,"{giant}\n'.encode()
    shared = "".join(f"<si><t>{i}</t></si>" for i in range(4_000_000))
    yield "4 million shared strings nobody asks for", "xlsx", book(row(1, "A1"), shared=shared)
    for name, prolog in (("entity bomb", bomb_entities()), ("entity from a file", '<!DOCTYPE d [<!ENTITY a30 SYSTEM "file:///etc/hostname">]>'),
                         ("entity from the network", '<!DOCTYPE d [<!ENTITY a30 SYSTEM "http://127.0.0.1:9/x">]>')):
        yield name, "xlsx", book(after="<d>&a30;</d>", prolog=prolog)
        yield name, "fods", flat("<d>&a30;</d>", prolog)
        yield name, "xml", old_xml("<d>&a30;</d>", prolog)
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/hostname" parse="text"/>'
    yield "xi:include", "xlsx", book(f'<row><c t="inlineStr"><is><t>{include}</t></is></c></row>')
    yield "a part named ../../x", "xlsx", book(f"<row>{TEXT}</row>", extra=[("../../x", "x")])
    with __import__("warnings").catch_warnings():
        __import__("warnings").simplefilter("ignore")
        yield "a part twice", "xlsx", book(f"<row>{TEXT}</row>", extra=[("xl/worksheets/sheet1.xml", "x")])
    yield "60,000 parts", "xlsx", book(f"<row>{TEXT}</row>", extra=[(f"a/{i}", "") for i in range(60_000)])
    yield "a sheet that is the workbook", "xlsx", book(parts=[("xl/_rels/workbook.xml.rels",
        f'<Relationships xmlns="{PACKAGE}">{link(1, "worksheet", "workbook.xml")}</Relationships>')])
    names = "".join(f'<sheet name="s{i}" sheetId="{i}" r:id="r1"/>' for i in range(1, 10_001))
    yield "one part as 10,000 sheets", "xlsx", book(f"<row>{TEXT * 20}</row>" * 1000, sheets=names)
    yield "shared string 4,294,967,296", "xlsx", book('<row><c t="s"><v>4294967296</v></c></row>', shared="<si><t>x</t></si>")
    dates = "".join(f'<c s="0"><v>{v}</v></c>' for v in ("-1", "2958466", "1e300", "60"))
    yield "dates out of range", "xlsx", book(f"<row>{dates}</row>", styles='<cellXfs><xf numFmtId="14"/></cellXfs>')
    yield "200 MB of random bytes", "bin", os.urandom(200 << 20)
    magic = bytes.fromhex("D0CF11E0A1B11AE1")
    yield "an OLE2 file whose chains run in circles", "xls", magic + bytes(22) + struct.pack("<HH", 9, 6) + bytes(10) + struct.pack(
        "<IIIIIIIII", 1, 0, 0, 4096, 0, 1, 0, 1, 0) + bytes(4 * 108) + bytes(64 << 20)


LAUNCHER = """
import os, subprocess, sys
child = subprocess.Popen([sys.argv[1], "read-all", sys.argv[2]], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
said = child.stdout.read()
_, status, usage = os.wait4(child.pid, 0)
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss, os.waitstatus_to_exitcode(status), end=" ", flush=True)
sys.stdout.buffer.write(said)
"""


def measure(binary, path):
    # From a small process: what a child begins with counts as memory of its own.
    out = subprocess.run([sys.executable, "-c", LAUNCHER, binary, str(path)], capture_output=True, check=True).stdout
    seconds, kilobytes, status, said = out.decode("utf-8", "replace").split(" ", 3)
    return float(seconds), int(kilobytes) / 1024, int(status), said.split("\n")[0]


def main():
    binary, missed = sys.argv[1], 0
    print("| file | kind | size MB | CPU seconds | peak MB | outcome |\n| --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "file"
        for name, kind, data in files():
            path.write_bytes(data)
            size = len(data) / 1e6
            del data
            seconds, memory, status, said = measure(binary, path)
            bad = seconds >= SECONDS or memory >= MEGABYTES or status not in (0, 2)
            missed += bad
            print(f"| {name} | {kind} | {size:.1f} | {seconds:.2f} | {memory:.0f} | {status}: {said[:90].removeprefix(str(path))} |"
                  + (" MISSED" if bad else ""), flush=True)
    print(f"{missed} past {SECONDS} s or {MEGABYTES} MB")
    sys.exit(missed > 0)


main()
