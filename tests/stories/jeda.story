# Put aside, reminded of, taken up two days later; a word in between does not lose the place.
@ survey uji.md
> /start uji
< Pertanyaan 1 dari 7 …   [Pelayanan umum] [Kependudukan]
> 1
< Pertanyaan 2 dari 7 …   [KTP] [Kartu keluarga] [Surat keterangan] [Kembali]
> 1,3
< Pertanyaan 3 dari 7 …   [Kembali]
> nanti
< Jawaban sampai pertanyaan 2 sudah tersimpan. Bapak/Ibu dapat melanjutkan sampai Selasa, 8 Desember 2026.
  Mau lanjut sekarang?   [Lanjutkan] [Ingatkan besok] [Berhenti]
@ wait P2D
< Jawaban Uji antrean sampai pertanyaan 2 sudah tersimpan. Bapak/Ibu dapat melanjutkan sampai Selasa, 8 Desember 2026.
  Mau lanjut sekarang?
  Bila tombol tidak menanggapi, ketik PENGINGAT.   [Lanjutkan] [Ingatkan besok] [Berhenti]
> Lanjutkan
< …
  Pertanyaan 3 dari 7
  Berapa menit Bapak/Ibu menunggu?   [Kembali]
> bantuan
< …
  Pertanyaan 3 dari 7
  Berapa menit Bapak/Ibu menunggu?   [Kembali]
> 15 menit
< Pertanyaan 4 dari 7 …   [Kemarin] [Hari ini] [Besok] [Lewati] [Kembali]
> kembali
< …
  Pertanyaan 3 dari 7
  Berapa menit Bapak/Ibu menunggu?
  Jawaban sekarang: 15   [Tetap] [Kembali]
> Tetap
< Pertanyaan 4 dari 7 …   [Kemarin] [Hari ini] [Besok] [Lewati] [Kembali]
