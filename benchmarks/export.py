"""How long the export of a million answers takes, and how much memory: ``python -m benchmarks.export``.

A synthetic office is filled with 100,000 responses to a survey of ten questions; then ``suara responses export`` runs
as a process of its own, once as xlsx and once as csv. Prints one row of the bench table each.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import insert

from benchmarks.table import Row, show
from bot.app import open_store
from bot.config_file import load
from storage import surveys
from storage.identifiers import random_id
from storage.tables import answer, respondent, response
from surveys import notation
from surveys.xlsform import read

SECONDS, MEGABYTES = 60, 300
"""What it may take."""
QUESTIONS = 10
_AT_ONCE = 2000
_FORM = """
| survey | | | |
| | type | name | label |
| | select_one setuju | materi | Materi sesuai dengan tugas saya. |
| | select_one setuju | tujuan | Tujuan pelatihan jelas. |
| | select_one tempat | tempat | Di mana Bapak/Ibu bertugas? |
| | select_multiple bentuk | bentuk | Bentuk belajar apa yang cocok? |
| | select_multiple kendala | kendala | Apa kendalanya? |
| | text | usul | Apa usul Bapak/Ibu? |
| | text | harapan | Apa harapan Bapak/Ibu? |
| | integer | umur | Berapa umur Bapak/Ibu? |
| | range | nilai | Berapa nilainya? |
| | date | tanggal | Kapan pelatihannya? |
| choices | | | |
| | list_name | name | label |
| | setuju | 1 | Sangat tidak setuju |
| | setuju | 2 | Tidak setuju |
| | setuju | 3 | Netral |
| | setuju | 4 | Setuju |
| | setuju | 5 | Sangat setuju |
| | tempat | camat | Kantor Camat |
| | tempat | lurah | Kantor Lurah |
| | bentuk | kelas | Kelas |
| | bentuk | daring | Daring |
| | bentuk | magang | Magang |
| | bentuk | mandiri | Belajar mandiri |
| | kendala | waktu | Waktu |
| | kendala | biaya | Biaya |
| | kendala | internet | Internet |
| | kendala | izin | Izin |
| settings | | | |
| | form_title | form_id | default_language |
| | Ukuran | ukuran | Bahasa Indonesia (id) |
"""
_TEXTS = (
    "Pelatihan pelayanan prima untuk petugas loket",
    "Lebih banyak praktik; kurangi ceramah, waktunya pendek",
    "-",
    "Jaringan internet di kantor lurah perlu diperbaiki lebih dahulu",
    'Contoh surat yang "baik" dan yang belum baik',
)


def row_of_answers(dice: random.Random) -> dict[str, str]:
    """One person's answers."""
    return {
        "materi": str(dice.randint(1, 5)),
        "tujuan": str(dice.randint(1, 5)),
        "tempat": dice.choice(("camat", "lurah")),
        "bentuk": " ".join(dice.sample(("kelas", "daring", "magang", "mandiri"), dice.randint(1, 3))),
        "kendala": " ".join(dice.sample(("waktu", "biaya", "internet", "izin"), dice.randint(1, 3))),
        "usul": dice.choice(_TEXTS),
        "harapan": dice.choice(_TEXTS),
        "umur": str(dice.randint(21, 58)),
        "nilai": str(dice.randint(1, 10)),
        "tanggal": (date(2026, 1, 1) + timedelta(days=dice.randrange(300))).isoformat(),
    }


async def fill(folder: Path, responses: int) -> None:
    """An office in ``folder`` with so many responses."""
    config = load(folder / "config.toml", {})
    database, _vault, _before = await open_store(config)
    survey, _warnings = read(_FORM.encode(), file_type=".md")
    begun = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
    dice = random.Random(1)
    people = [random_id() for _number in range(1000)]
    async with database.write() as transaction:
        published = await surveys.publish(
            transaction,
            name=survey.name,
            version=1,
            notation=orjson.dumps(notation.dump(survey)),
            source=None,
            source_type=".md",
            now=begun,
        )
        await transaction.run(
            insert(respondent), [{"id": one, "kind": "asn", "created_on": begun.date()} for one in people]
        )
    for first in range(0, responses, _AT_ONCE):
        records: list[dict[str, Any]] = []
        answers: list[dict[str, Any]] = []
        for number in range(first, min(first + _AT_ONCE, responses)):
            at = begun + timedelta(minutes=3 * number)
            key = (number + 1) << 21
            records.append(
                {
                    "id": key,
                    "survey_id": published,
                    "respondent_id": people[number % len(people)],
                    "state": "complete",
                    "language": "id",
                    "test": False,
                    "started_at": at,
                    "completed_at": at + timedelta(minutes=4),
                    "completed_on": at.date(),
                }
            )
            for place, value in row_of_answers(dice).items():
                answers.append({"response_id": key, "place": place, "value": value, "raw": value})
        async with database.write() as transaction:
            await transaction.run(insert(response), records)
            await transaction.run(insert(answer), answers)
    await database.close()


def measured(folder: Path, kind: str) -> tuple[float, float, float]:
    """Seconds, peak memory and size of the file (both MB) of one export."""
    target = folder / f"ukuran.{kind}"
    command = [sys.executable, "-m", "bot", "--config", str(folder / "config.toml"), "responses", "export", "ukuran"]
    with (folder / "said.txt").open("wb") as said:
        begun = time.perf_counter()
        running = subprocess.Popen(
            [*command, "--format", kind, "--output", str(target)],
            stdout=said,
            stderr=said,
            cwd=Path(__file__).parents[1],
        )
        _pid, status, usage = os.wait4(running.pid, 0)
        seconds = time.perf_counter() - begun
        running.returncode = os.waitstatus_to_exitcode(status)
    if status:
        raise SystemExit((folder / "said.txt").read_text(encoding="utf-8"))
    return seconds, usage.ru_maxrss / 1024, target.stat().st_size / 1e6


def rows(folder: Path, answers: int) -> tuple[Row, ...]:
    """Export the office in ``folder`` in both formats."""
    found = []
    for kind in ("xlsx", "csv"):
        seconds, memory, size = measured(folder, kind)
        found.append(
            Row(
                f"export of {answers:,} answers as {kind}",
                f"{seconds:.1f} s, {memory:.0f} MB at most",
                f"< {SECONDS} s and {MEGABYTES} MB",
                seconds < SECONDS and memory < MEGABYTES,
                f"a file of {size:.0f} MB",
            )
        )
    return tuple(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=1_000_000)
    answers = parser.parse_args().answers
    with tempfile.TemporaryDirectory(prefix="suara-bench-") as name:
        folder = Path(name)
        (folder / "config.toml").write_text("[telegram]\n", encoding="utf-8")
        asyncio.run(fill(folder, answers // QUESTIONS))
        show(*rows(folder, answers))


if __name__ == "__main__":
    main()
