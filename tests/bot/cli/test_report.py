"""``suara report``: who took part, by unit; names where they are asked for."""

from __future__ import annotations

from tests.bot.cli.conftest import Installation
from tests.bot.cli.test_roster import ROWS, write


def test_the_response_rate(on_each: Installation) -> None:
    office = on_each
    assert office("report", "response-rate", "aspirasi").code == 1
    office("survey", "publish", "aspirasi", "--yes")
    office("roster", "import", write(office, *ROWS), "--apply")
    assert office("report", "response-rate", "aspirasi").out.splitlines() == [
        "Unit\tEmployees\tTook part\tRate",
        "Kantor Lurah Nunbaun Delha\t1\tnot shown\tnot shown",
        "Kantor Lurah Nunbaun Sabu\t1\tnot shown\tnot shown",
        "Total\t2\tnot shown\tnot shown",
    ]
    assert office("report", "response-rate", "aspirasi", "--who", "--reason", "perlu").code == 1
    named = office(
        "report", "response-rate", "aspirasi", "--who", "--unit", "kel_nbs", "--reason", "Mengingatkan lewat RT"
    )
    assert named.out.splitlines() == [
        "Unit\tEmployees\tTook part\tRate",
        "Kantor Lurah Nunbaun Sabu\t1\t0\t0%",
        "Total\t1\t0\t0%",
        "",
        "Has not taken part:",
        "Kantor Lurah Nunbaun Sabu\tMaria Tefa\t••••2001",
    ]
    last = office("audit", "list", "--most", "1").out.strip().split("  ")
    assert last[3:] == ["rates.name", "survey:aspirasi:kel_nbs", "terminal", "Mengingatkan lewat RT"]
