# A location out of place names what is expected, and is taken where it is asked for.
@ survey uji.md
> /start uji
< Pertanyaan 1 dari 7
  Loket mana yang terakhir dipakai?   [Pelayanan umum] [Kependudukan]
> @-10.1718,123.5832
< Maaf, pilihan itu belum ada. Mohon pilih: Pelayanan umum / Kependudukan.

  Pertanyaan 1 dari 7
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
> lewati
< Sudah 5 dari 7.
  Pertanyaan 6 dari 7
  Di mana tempatnya?   [Kirim lokasi saya] [Lewati] [Kembali]
> @-10.1718,123.5832
< Pertanyaan 7 dari 7
  Apa saran Bapak/Ibu?   [Lewati] [Kembali]
