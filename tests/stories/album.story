# An album is one answer, its later photos join after the next question.
@ only telegram
@ survey uji.md
> /start uji
< Pertanyaan 1 dari 7
  Loket mana yang terakhir dipakai?   [Pelayanan umum] [Kependudukan]
> 1
< Pertanyaan 2 dari 7
  Layanan apa yang pernah dipakai?
  Boleh pilih lebih dari satu, lalu tekan Selesai.   [KTP] [Kartu keluarga] [Surat keterangan] [Kembali]
> 1
< Pertanyaan 3 dari 7
  Berapa menit Bapak/Ibu menunggu?   [Kembali]
> 30
< Pertanyaan 4 dari 7
  Kapan itu?   [Kemarin] [Hari ini] [Besok] [Lewati] [Kembali]
> lewati
< Pertanyaan 5 dari 7
  Kirim foto antrean bila ada.
  Kirim foto di sini (paling besar 10 MB).   [Lewati] [Kembali]
> @album
< Sudah 5 dari 7.
  Pertanyaan 6 dari 7
  Di mana tempatnya?   [Kirim lokasi saya] [Lewati] [Kembali]
> lewati
< Pertanyaan 7 dari 7
  Apa saran Bapak/Ibu?   [Lewati] [Kembali]
> lewati
< Mohon periksa jawaban Bapak/Ibu:
  1. Loket mana yang terakhir dipakai? Pelayanan umum
  2. Layanan apa yang pernah dipakai? KTP
  3. Berapa menit Bapak/Ibu menunggu? 30
  4. Kapan itu? (dilewati)
  5. Kirim foto antrean bila ada. 📎 3 berkas
  6. Di mana tempatnya? (dilewati)
  7. Apa saran Bapak/Ibu? (dilewati)

  Kirim sekarang?   [Kirim] [Ubah]
