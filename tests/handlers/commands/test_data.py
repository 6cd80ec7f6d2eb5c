"""DATA: what is held about the person."""

from __future__ import annotations

from tests.handlers.counter import Counter


async def test_data_says_what_is_held_and_closing_it_returns_to_the_question(counter: Counter) -> None:
    person = await counter.person().send("/start tna_asn", "Setuju", "data")
    assert person.said[0].text.split("\n") == [
        "Berikut data yang kami simpan:",
        "· alamat percakapan ini, dalam bentuk tersandi",
        "· mengisi sebagai: ASN",
        "· survei yang jawabannya tersimpan: 1",
        "· survei yang belum selesai: 1",
        "· aspirasi yang tercatat: 0",
        "· catatan persetujuan: 1",
        "· pengumuman: tidak",
        "Jawaban anonim disimpan tanpa hubungan dengan Bapak/Ibu, jadi tidak dapat kami tampilkan di sini.",
        "Pilih tindakan. Permintaan diselesaikan paling lama 3 x 24 jam.",
    ]
    assert person.buttons == ["Lihat isi", "Kirim salinan", "Ralat", "Hapus semua", "Baca lengkap", "Tutup"]
    await person.send("Tutup")
    assert await person.stands() == "kelompok_unit"


async def test_of_somebody_new_there_is_the_address_alone(counter: Counter) -> None:
    person = await counter.person().send("data")
    assert person.text.split("\n")[1:4] == [
        "· alamat percakapan ini, dalam bentuk tersandi",
        "· mengisi sebagai: belum disebutkan",
        "· survei yang jawabannya tersimpan: 0",
    ]


async def test_the_whole_notice_names_who_answers_for_personal_data(counter: Counter) -> None:
    person = await counter.person().send("/start", "Warga", "DATA", "Baca lengkap")
    assert person.said[0].text.startswith("Kecamatan Alak menerima aspirasi sebagai masukan pelatihan petugas")
    assert person.text.endswith("Pertanyaan tentang data pribadi: Kecamatan Alak.")
    assert person.buttons[-1] == "Tutup"
