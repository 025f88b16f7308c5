"""Faults as they come in real lists; each returns the finding it must bring."""

import math

from .people import check_digit
from .xlsx import Error, Formula, Number


def _set(row, key, value):
    row.values[key] = value


def id_checksum(row):
    text = row.values["id_number"]
    _set(row, "id_number", text[:-1] + ("0" if text[-1] != "0" else "1"))
    return "ID-CHECKSUM", "id_number"


def id_as_number(row):
    _set(row, "id_number", Number(row.values["id_number"][:15].rstrip("X") + "000"))
    return "ID-AS-NUMBER", "id_number"


def id_short(row):
    _set(row, "id_number", row.values["id_number"][:14])
    return "ID-FORMAT", "id_number"


def id_birth(row):
    digits = row.values["id_number"][:6] + "19890230" + row.values["id_number"][14:17]
    _set(row, "id_number", digits + check_digit(digits))
    return "ID-BIRTHDATE", "id_number"


def id_small_x(row):
    _set(row, "id_number", " " + row.values["id_number"] + " ")
    return "TEXT-TRIMMED", "id_number"


def account_number(row):
    _set(row, "account", Number(row.values["account"][:15] + "0000"))
    return "ACCOUNT-AS-NUMBER", "account"


def account_typo(row):
    text = row.values["account"]
    _set(row, "account", text[:-1] + str((int(text[-1]) + 1) % 10))
    return "ACCOUNT-LUHN", "account"


def account_letters(row):
    _set(row, "account", row.values["account"][:10] + "转账")
    return "ACCOUNT-FORMAT", "account"


def account_blank(row):
    """Blank in the list; the roster has one, so nothing is held."""
    _set(row, "account", "")
    return None, "account"


def name_spaces(row):
    name = row.values["name"]
    _set(row, "name", name[0] + "　" + name[1:])
    return "NAME-SPACES", "name"


def name_other(row):
    _set(row, "name", "吴错名")
    return "NAME-MISMATCH", "name"


def name_invisible(row):
    _set(row, "name", row.values["name"] + "\u200b")
    return "TEXT-INVISIBLE", "name"


def not_member(row):
    _set(row, "staff_no", "88" + row.values["staff_no"][2:])
    return "NOT-ON-ROSTER", "staff_no"


def lost_zeros(row):
    text = row.values["staff_no"]
    if not text.startswith("00"):
        return not_member(row)
    _set(row, "staff_no", Number(text.lstrip("0")))
    return "STAFF-NO-ZEROS", "staff_no"


def amount(text, code):
    def fault(row, key):
        _set(row, key, text)
        return code, key
    return fault


def amount_dust(row, key):
    # What a sum of binary numbers leaves: next to the amount, not the amount.
    dust = math.nextafter(int(row.values[key]) + 0.36, math.inf)
    _set(row, key, Number(f"{dust:.17g}"))
    return "AMOUNT-REPAIRED", key


def amount_three(row, key):
    _set(row, key, Number(f"{int(row.values[key])}.565"))
    return "AMOUNT-DECIMALS", key


def amount_signs(row, key):
    _set(row, key, f"¥{float(row.values[key]):,.2f}元")
    return "AMOUNT-REPAIRED", key


def amount_words(row, key):
    _set(row, key, "约" + str(int(row.values[key])))
    return "AMOUNT-FORMAT", key


def amount_slash(row, key):
    _set(row, key, "/")
    return "AMOUNT-FORMAT", key


def amount_negative(row, key):
    _set(row, key, Number("-" + str(int(row.values[key]))))
    return "AMOUNT-NEGATIVE", key


def amount_blank(row, key):
    _set(row, key, "")
    return "REQUIRED-BLANK", key


def cell_error(row, key):
    _set(row, key, Error("#REF!"))
    return "CELL-ERROR", key


def formula_blank(row, key):
    _set(row, key, Formula("SUM(A1:A2)"))
    return "FORMULA-NO-VALUE", key


def date_partial(row, key):
    _set(row, key, "5月1日")
    return "DATE-FORMAT", key


def date_impossible(row, key):
    _set(row, key, "2023-02-30")
    return "DATE-IMPOSSIBLE", key


def date_future(row, key):
    _set(row, key, "2033-05-01")
    return "DATE-FUTURE", key


def date_order(row):
    row.values["admitted"], row.values["discharged"] = row.values["discharged"], row.values["admitted"]
    return "DATE-ORDER", "discharged"


def choice_other(row, key):
    _set(row, key, "住院部" if key == "kind" else "生活困难")
    return "CHOICE-UNKNOWN", key


def formula_like(row):
    _set(row, "remark", "=见附件")
    return "FORMULA-LIKE", "remark"


def sex_other(row):
    _set(row, "sex", "女" if row.values["sex"] == "男" else "男")
    return "ID-SEX", "sex"


def phone_short(row):
    _set(row, "phone", row.values["phone"][:10])
    return "PHONE-FORMAT", "phone"


def bounds(row):
    _set(row, "pool_paid", row.values["total_cost"] + 100)
    return "AMOUNT-BOUNDS", "pool_paid"
