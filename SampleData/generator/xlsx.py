"""A small workbook writer that can also write what careless and exotic programs write."""

import zipfile
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_RELS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


class Number:
    """A number cell; `text` as stored."""

    def __init__(self, text, style=0):
        self.text, self.style = str(text), style


class Date:
    """A day as serial number with a date format."""

    def __init__(self, serial):
        self.serial = serial


class Formula:
    """A formula with its cached value, or without one."""

    def __init__(self, text, cached=None):
        self.text, self.cached = text, cached


class Error:
    def __init__(self, text):
        self.text = text


def letters(column):
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


class Sheet:
    def __init__(self, name, hidden=False):
        self.name, self.hidden = name, hidden
        self.rows = []  # lists of cells
        self.merges, self.hidden_rows, self.hidden_columns = [], set(), []

    def add(self, *cells):
        self.rows.append(list(cells))
        return len(self.rows)


class Book:
    """`strict`: strict ECMA namespaces; `inline`: inline strings; `date1904`: the other date system."""

    def __init__(self, strict=False, inline=False, date1904=False):
        self.strict, self.inline, self.date1904 = strict, inline, date1904
        self.sheets, self.strings = [], {}

    def sheet(self, name, hidden=False):
        sheet = Sheet(name, hidden)
        self.sheets.append(sheet)
        return sheet

    def shared(self, text):
        return self.strings.setdefault(text, len(self.strings))

    def cell(self, value, reference):
        if value is None or value == "":
            return ""
        if isinstance(value, Date):
            return f'<c r="{reference}" s="1"><v>{value.serial}</v></c>'
        if isinstance(value, Number):
            return f'<c r="{reference}" s="{value.style}"><v>{value.text}</v></c>'
        if isinstance(value, Formula):
            cached = "" if value.cached is None else f"<v>{value.cached}</v>"
            return f'<c r="{reference}"><f>{escape(value.text)}</f>{cached}</c>'
        if isinstance(value, Error):
            return f'<c r="{reference}" t="e"><v>{value.text}</v></c>'
        if isinstance(value, bool):
            return f'<c r="{reference}" t="b"><v>{int(value)}</v></c>'
        if isinstance(value, (int, float)):
            return f'<c r="{reference}"><v>{value}</v></c>'
        text = escape(value)
        if self.inline:
            return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
        return f'<c r="{reference}" t="s" s="2"><v>{self.shared(value)}</v></c>'

    def sheet_xml(self, sheet):
        main = STRICT_MAIN if self.strict else MAIN
        out = [f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{main}">']
        if sheet.hidden_columns:
            columns = "".join(f'<col min="{c + 1}" max="{c + 1}" width="9" hidden="1"/>' for c in sheet.hidden_columns)
            out.append(f"<cols>{columns}</cols>")
        out.append("<sheetData>")
        for number, row in enumerate(sheet.rows, 1):
            hidden = ' hidden="1"' if number in sheet.hidden_rows else ""
            cells = "".join(self.cell(value, f"{letters(i)}{number}") for i, value in enumerate(row))
            out.append(f'<row r="{number}"{hidden}>{cells}</row>')
        out.append("</sheetData>")
        if sheet.merges:
            merges = "".join(f'<mergeCell ref="{m}"/>' for m in sheet.merges)
            out.append(f'<mergeCells count="{len(sheet.merges)}">{merges}</mergeCells>')
        out.append("</worksheet>")
        return "".join(out)

    def save(self, path):
        main = STRICT_MAIN if self.strict else MAIN
        rels = STRICT_RELS if self.strict else RELS
        sheets = [self.sheet_xml(s) for s in self.sheets]
        parts = {}
        kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        overrides = "".join(
            f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{kinds}.worksheet+xml"/>'
            for i in range(1, len(sheets) + 1))
        parts["[Content_Types].xml"] = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>{overrides}'
            f'<Override PartName="/xl/styles.xml" ContentType="{kinds}.styles+xml"/>'
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kinds}.sharedStrings+xml"/></Types>')
        parts["_rels/.rels"] = (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{PACKAGE}">'
            f'<Relationship Id="rId1" Type="{rels}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        listed = "".join(
            f'<sheet name="{escape(s.name)}" sheetId="{i}"{" state=" + chr(34) + "hidden" + chr(34) if s.hidden else ""} r:id="rId{i}"/>'
            for i, s in enumerate(self.sheets, 1))
        properties = '<workbookPr date1904="1"/>' if self.date1904 else "<workbookPr/>"
        parts["xl/workbook.xml"] = (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<workbook xmlns="{main}" xmlns:r="{rels}">'
            f"{properties}<sheets>{listed}</sheets></workbook>")
        targets = "".join(
            f'<Relationship Id="rId{i}" Type="{rels}/worksheet" Target="worksheets/sheet{i}.xml"/>'
            for i in range(1, len(sheets) + 1))
        n = len(sheets)
        parts["xl/_rels/workbook.xml.rels"] = (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{PACKAGE}">{targets}'
            f'<Relationship Id="rId{n + 1}" Type="{rels}/styles" Target="styles.xml"/>'
            f'<Relationship Id="rId{n + 2}" Type="{rels}/sharedStrings" Target="sharedStrings.xml"/></Relationships>')
        parts["xl/styles.xml"] = (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{main}">'
            '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts>'
            '<fonts count="1"><font/></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
            '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/>'
            '<xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="49" applyNumberFormat="1"/></cellXfs></styleSheet>')
        strings = "".join(f'<si><t xml:space="preserve">{escape(s)}</t></si>' for s in self.strings)
        parts["xl/sharedStrings.xml"] = (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="{main}" count="{len(self.strings)}" '
            f'uniqueCount="{len(self.strings)}">{strings}</sst>')
        for i, xml in enumerate(sheets, 1):
            parts[f"xl/worksheets/sheet{i}.xml"] = xml
        write_zip(path, parts)


def write_zip(path, parts):
    """A ZIP with fixed times, so that the bytes do not change."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, (2023, 12, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, text if isinstance(text, bytes) else text.encode("utf-8"))
