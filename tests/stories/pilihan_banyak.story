# Limits, choices that exclude each other, and pages of many choices.
@ only console telegram
@ survey ubah.md
> /start uji
< Apakah Bapak/Ibu pernah ikut pelatihan tahun ini?   [Ya] [Tidak]
> Tidak
< Apa kendalanya?
  Pilih paling banyak 2, lalu tekan Selesai.   [Waktu] [Biaya] [Jarak] [Tidak ada] [Kembali]
> [Waktu]
< Apa kendalanya?
  Pilih paling banyak 2, lalu tekan Selesai.   [✓ Waktu] [Biaya] [Jarak] [Tidak ada] [Hapus pilihan] [Selesai] [Kembali]
> [Biaya]
< Apa kendalanya?
  Pilih paling banyak 2, lalu tekan Selesai.   [✓ Waktu] [✓ Biaya] [Jarak] [Tidak ada] [Hapus pilihan] [Selesai] [Kembali]
> [Jarak]
< Boleh pilih paling banyak 2. Tekan lagi salah satu untuk mengeluarkannya.

  Apa kendalanya?
  Pilih paling banyak 2, lalu tekan Selesai.   [✓ Waktu] [✓ Biaya] [Jarak] [Tidak ada] [Hapus pilihan] [Selesai] [Kembali]
> [Tidak ada]
< Apa kendalanya?
  Pilih paling banyak 2, lalu tekan Selesai.   [Waktu] [Biaya] [Jarak] [✓ Tidak ada] [Hapus pilihan] [Selesai] [Kembali]
> [Jarak]
< Apa kendalanya?
  Pilih paling banyak 2, lalu tekan Selesai.   [Waktu] [Biaya] [✓ Jarak] [Tidak ada] [Hapus pilihan] [Selesai] [Kembali]
> 1,2,3
< Paling banyak dua; "Tidak ada" berdiri sendiri.

  Apa kendalanya?
  Pilih paling banyak 2, lalu tekan Selesai.   [Waktu] [Biaya] [✓ Jarak] [Tidak ada] [Hapus pilihan] [Selesai] [Kembali]
> 1,4
< Paling banyak dua; "Tidak ada" berdiri sendiri.

  Apa kendalanya?
  Pilih paling banyak 2, lalu tekan Selesai.   [Waktu] [Biaya] [✓ Jarak] [Tidak ada] [Hapus pilihan] [Selesai] [Kembali]
> 2,3
< Bapak/Ibu tinggal di RT berapa?
  …   [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Berikutnya ▶] [Lewati] [Kembali]
> Berikutnya ▶
< Bapak/Ibu tinggal di RT berapa?
  …   [11] [12] [13] [14] [15] [16] [17] [18] [19] [20] [◀ Sebelumnya] [Berikutnya ▶] [Lewati] [Kembali]
> Berikutnya ▶
< Bapak/Ibu tinggal di RT berapa?
  21. RT 21
  22. RT 22
  23. RT 23
  24. RT 24
  25. RT 25   [21] [22] [23] [24] [25] [◀ Sebelumnya] [Lewati] [Kembali]
> 25
< Apa saran Bapak/Ibu?   [Lewati] [Kembali]
