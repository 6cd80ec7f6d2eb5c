"""The survey that everybody answers here, and how a person answers it: ten questions, seventeen messages.

Three single choices, two multiple choices by toggling, two texts, a whole number that is answered wrongly first, a
rating from 1 to 5, a date, and the review. Rule of the file: what a person does is decided by what they see.
"""

from __future__ import annotations

from typing import NamedTuple

NAME = "kecepatan"
ANSWERS = 10
FORM = """
| survey | | | | | |
| | type | name | label | required | parameters |
| | select_one tempat | tempat | Di mana Bapak/Ibu bertugas? | yes | |
| | select_one lama | lama | Sudah berapa lama bertugas? | yes | |
| | select_one setuju | sesuai | Materi pelatihan terakhir sesuai dengan tugas saya. | yes | |
| | select_multiple bentuk | bentuk | Bentuk belajar apa yang cocok? | yes | |
| | select_multiple kendala | kendala | Apa kendala untuk ikut pelatihan? | yes | |
| | text | usul | Apa usul untuk pelatihan berikutnya? | yes | |
| | text | harapan | Apa harapan untuk pelayanan di kelurahan? | yes | |
| | integer | hari | Berapa hari Bapak/Ibu dapat ikut? | yes | |
| | range | nilai | Berapa nilai untuk pelatihan terakhir? | yes | start=1 end=5 step=1 |
| | date | tanggal | Kapan sebaiknya pelatihan dimulai? | yes | |
| choices | | | |
| | list_name | name | label |
| | tempat | camat | Kantor Camat |
| | tempat | lurah | Kantor Lurah |
| | tempat | puskesmas | Puskesmas |
| | lama | baru | Di bawah 1 tahun |
| | lama | sedang | 1–5 tahun |
| | lama | lama | Di atas 5 tahun |
| | setuju | 1 | Tidak setuju |
| | setuju | 2 | Netral |
| | setuju | 3 | Setuju |
| | bentuk | kelas | Kelas |
| | bentuk | daring | Daring |
| | bentuk | magang | Magang |
| | bentuk | mandiri | Mandiri |
| | kendala | waktu | Waktu |
| | kendala | biaya | Biaya |
| | kendala | internet | Internet |
| | kendala | izin | Izin |
| settings | | | |
| | form_title | form_id | default_language |
| | Ukuran kecepatan | kecepatan | Bahasa Indonesia (id) |
"""


class Turn(NamedTuple):
    """One message of a person: what must be on the screen before, and what they do then."""

    sees: str
    """Words of the message that they react to."""
    types: str = ""
    """What they type; "" where they press."""
    choices: int = 0
    """Of so many buttons of the reply keyboard they press one."""
    ticks: int = -1
    """Under the message stand buttons, so many of them ticked; they press one that is not, or (2) the last word."""
    answers: int = 0
    """How many answers stand once the bot has reacted to it."""


REVIEW, SEND = "Mohon periksa jawaban", "Kirim"
"""How the review begins, and the button under its last message."""
TICK = "✓ "
DONE = "Selesai"
TURNS = (
    Turn("Di mana", choices=3, answers=1),
    Turn("berapa lama", choices=3, answers=1),
    Turn("Materi", choices=3, answers=1),
    Turn("Bentuk", ticks=0),
    Turn("Bentuk", ticks=1),
    Turn("Bentuk", ticks=2, answers=1),
    Turn("kendala", ticks=0),
    Turn("kendala", ticks=1),
    Turn("kendala", ticks=2, answers=1),
    Turn("usul", types="Lebih banyak praktik, waktunya pendek", answers=1),
    Turn("harapan", types="Antrean di loket lebih cepat", answers=1),
    Turn("Berapa hari", types="belum tahu"),
    Turn("Berapa hari", types="3", answers=1),
    Turn("Berapa nilai", choices=5, answers=1),
    Turn("Kapan", types="17 Agustus 2027", answers=1),
    Turn(SEND, choices=1),
)
"""After ``/start``, which is the first of the seventeen."""
THANKS = "Terima kasih"
