"""核对公开台账和下载的 document.json，不需要网络，只需要 Python 3.

用法：python verify.py ledger.json [document.json …]
台账分段下载的，各段依次写上：python verify.py 1.json 2.json … [document.json …]
先核对台账各条首尾相接，再核对每个文件的内容是不是台账里的某个版次，以及它现在是现行、已更正还是已撤下。
"""

import hashlib
import json
import sys
from pathlib import Path

LEDGER = b'{\n"format": "budget-ledger/1"'
OPENING, CLOSING = b'{"content":', b',"edition":'


def follow(ledgers: list[dict]) -> list[dict]:
    """Return what the lines of the parts of a ledger say; end the program where one does not follow from another."""
    last, said = ledgers[0]["genesis"], []
    for part, ledger in enumerate(ledgers, 1):
        if ledger["genesis"] != last:
            sys.exit(f"台账第{part}段与前一段接不上：少了一段，次序不对，或台账被改过。")
        for entry in ledger["entries"]:
            last = hashlib.sha256(f"{last}\n{entry['text']}".encode()).hexdigest()
            said.append(json.loads(entry["text"]))
            if last != entry["sha256"] or said[-1]["number"] != len(said):
                sys.exit(f"台账第{len(said)}条与前一条接不上：台账被改过，或没有从第1段写起。")
        if last != ledger["head"]:
            sys.exit("台账的末尾不对：台账被截断或改过。")
    return said


def state_of(edition: str, lines: list[dict]) -> str:
    """Say what became of an edition."""
    if any(line["act"] == "withdraw" and line["edition"] == edition for line in lines):
        return "已撤下"
    return "已更正" if any(line.get("supersedes") == edition for line in lines) else "现行"


def check(path: Path, lines: list[dict]) -> bool:
    """Say whether a file is what was published, and of which edition."""
    data = path.read_bytes()
    if not data.startswith(OPENING) or CLOSING not in data:
        print(f"{path}：不是本平台的 document.json。")
        return False
    sha256 = hashlib.sha256(data[len(OPENING) : data.rindex(CLOSING)]).hexdigest()
    known = [line for line in lines if line["sha256"] == sha256 and line["act"] != "withdraw"]
    for line in known:
        print(f"{path}：与公开的一致。{line['title']}，版次{line['edition']}，{state_of(line['edition'], lines)}。")
    if not known:
        print(f"{path}：台账里没有内容是这样的版次，文件被改过或不是本平台公开的。")
    return bool(known)


def main(arguments: list[str]) -> int:
    """Check the ledger, then each file; return 0 where all of it is as it was published."""
    if not arguments:
        sys.exit(__doc__)
    parts = [name for name in arguments[1:] if Path(name).read_bytes()[: len(LEDGER)] == LEDGER]
    lines = follow([json.loads(Path(name).read_text(encoding="utf-8")) for name in [arguments[0], *parts]])
    print(f"台账共{len(lines)}条，首尾相接，没有被改过。")
    answers = [check(Path(name), lines) for name in arguments[1:] if name not in parts]
    return 0 if all(answers) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
