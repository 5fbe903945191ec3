"""读出一个政府全部年度、全部部门的预算支出，按年度加总。用法：python totals.py 网址 区划代码."""

import csv
import io
import json
import sys
import urllib.request
import zipfile
from collections import defaultdict
from decimal import Decimal

site, government = sys.argv[1].rstrip("/"), sys.argv[2]
with urllib.request.urlopen(f"{site}/data/{government}/all/package.zip") as response:
    package = zipfile.ZipFile(io.BytesIO(response.read()))
totals = defaultdict(Decimal)
for row in csv.DictReader(io.TextIOWrapper(package.open("headlines.csv"), "utf-8-sig")):
    # 部门口径已经包含所属单位，只取这一种；不同阶段的数不能相加。
    if (row["item"], row["scope"], row["phase"]) == ("total", "department", "initial"):
        totals[row["fiscal_year"]] += Decimal(row["amount"])
json.dump({year: str(total) for year, total in sorted(totals.items())}, sys.stdout, indent=1)
