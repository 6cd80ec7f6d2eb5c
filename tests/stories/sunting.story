# An edited message corrects its answer, or says that it stays.
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
> @edit 45
< Sudah diubah: Berapa menit Bapak/Ibu menunggu? → 45.
> @edit lama sekali
< Pesan yang diubah belum dapat kami baca, jadi jawaban semula tetap berlaku: 45.
