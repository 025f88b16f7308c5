"""Invented people: region code 420100 and card prefix 62000000 are assigned to nobody."""

import datetime

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红辉建国志文海波晓东春梅兰凯浩宇欣怡雨佳慧博琳颖俊峰斌鑫喆堃玥昇"
MINORITY = ["阿依古丽·买买提", "迪丽娜尔·艾力", "巴特尔·乌力吉", "木合塔尔·吐尔逊", "卓玛·次仁"]
BANKS = [("中国工商银行", "江城大学支行"), ("中国建设银行", "珞南支行"), ("中国农业银行", "东湖支行"), ("中国银行", "江城支行")]

UNITS = [
    "机械学院", "电气学院", "计算机学院", "土木学院", "化学学院", "物理学院", "数学学院", "生命学院", "材料学院", "经济学院",
    "管理学院", "法学院", "外国语学院", "文学院", "马克思主义学院", "体育学院", "艺术学院", "医学院", "图书馆", "后勤处",
    "财务处", "人事处", "保卫处", "附属医院", "附属中学", "附属小学", "出版社", "离退休工作处",
]


def serial(day, date1904=False):
    """The day number of a spreadsheet."""
    base = datetime.date(1904, 1, 1) if date1904 else datetime.date(1899, 12, 30)
    return (day - base).days


def check_digit(digits):
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights)) % 11]


def id_number(random, sex, year=None):
    year = year or random.randint(1950, 1995)
    day = datetime.date(year, 1, 1) + datetime.timedelta(days=random.randrange(365))
    digits = f"420100{day:%Y%m%d}{random.randrange(10, 99)}{random.choice('13579' if sex == '男' else '02468')}"
    return digits + check_digit(digits)


def card(random):
    digits = "62000000" + "".join(random.choice("0123456789") for _ in range(10))
    total = 0
    for i, d in enumerate(reversed(digits)):
        n = int(d) * (2 if i % 2 == 0 else 1)
        total += n - 9 if n > 9 else n
    return digits + str(-total % 10)


class Person:
    def __init__(self, random, number, unit):
        self.sex = random.choice("男女")
        if number % 420 == 7:
            self.name = MINORITY[number // 420 % len(MINORITY)]
        else:
            self.name = random.choice(SURNAMES) + "".join(random.choice(GIVEN) for _ in range(random.choice([1, 2, 2])))
        # Old staff numbers begin with zeros; new ones with the year of entry.
        self.staff_no = f"00{120000 + number}" if number % 3 else f"{random.randint(1985, 2020)}{number:04d}"
        self.id_number = id_number(random, self.sex)
        self.unit = unit
        self.retired = unit == "离退休工作处"
        self.category = random.choice(["在编", "在编", "在编", "人事代理", "合同制"])
        self.status = "退休" if self.retired else ("试用期" if number % 97 == 5 else "在职")
        self.years = 0 if number % 61 == 9 else random.randint(1, 12)
        self.bank, self.branch = random.choice(BANKS)
        self.account = card(random)
        self.phone = f"13{random.randrange(10**8, 10**9):09d}"
        self.spouse = None


def roster(random, count=3000):
    people = []
    for number in range(1, count + 1):
        unit = UNITS[number % len(UNITS)]
        people.append(Person(random, number, unit))
    for i in range(0, count - 60, 60):  # some couples
        people[i].spouse, people[i + 29].spouse = people[i + 29], people[i]
    return people
