# An answer that became irrelevant is dropped, one that became relevant is asked.
@ only console telegram
@ survey ubah.md
> /start uji
< Apakah Bapak/Ibu pernah ikut pelatihan tahun ini?   [Ya] [Tidak]
> Ya
< Pelatihan apa?   [Kembali]
> Bimtek arsip
< Apa kendalanya?
  Pilih paling banyak 2, lalu tekan Selesai.   [Waktu] [Biaya] [Jarak] [Tidak ada] [Kembali]
> Waktu, biaya
< Bapak/Ibu tinggal di RT berapa?
  …   [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Berikutnya ▶] [Lewati] [Kembali]
> lewati
< Apa saran Bapak/Ibu?   [Lewati] [Kembali]
> lewati
< Mohon periksa jawaban Bapak/Ibu:
  1. Apakah Bapak/Ibu pernah ikut pelatihan tahun ini? Ya
  2. Pelatihan apa? Bimtek arsip
  3. Apa kendalanya? Waktu, Biaya
  4. Bapak/Ibu tinggal di RT berapa? (dilewati)
  5. Apa saran Bapak/Ibu? (dilewati)

  Kirim sekarang?   [Kirim] [Ubah]
> ubah 1
< Apakah Bapak/Ibu pernah ikut pelatihan tahun ini?
  Jawaban sekarang: Ya   [Ya] [Tidak] [Tetap]
> Tidak
< Mohon periksa jawaban Bapak/Ibu:
  1. Apakah Bapak/Ibu pernah ikut pelatihan tahun ini? Tidak
  2. Apa kendalanya? Waktu, Biaya
  3. Bapak/Ibu tinggal di RT berapa? (dilewati)
  4. Apa saran Bapak/Ibu? (dilewati)

  Kirim sekarang?   [Kirim] [Ubah]
> ubah 1
< Apakah Bapak/Ibu pernah ikut pelatihan tahun ini?
  Jawaban sekarang: Tidak   [Ya] [Tidak] [Tetap]
> Ya
< Pelatihan apa?   [Kembali]
> Lokakarya
< Mohon periksa jawaban Bapak/Ibu:
  1. Apakah Bapak/Ibu pernah ikut pelatihan tahun ini? Ya
  2. Pelatihan apa? Lokakarya
  3. Apa kendalanya? Waktu, Biaya
  4. Bapak/Ibu tinggal di RT berapa? (dilewati)
  5. Apa saran Bapak/Ibu? (dilewati)

  Kirim sekarang?   [Kirim] [Ubah]
> ulang
< Mulai lagi dari pertanyaan pertama? Jawaban sejauh ini akan dihapus.   [Ya] [Tidak]
> tidak
< Mohon periksa jawaban Bapak/Ibu:
  1. Apakah Bapak/Ibu pernah ikut pelatihan tahun ini? Ya
  2. Pelatihan apa? Lokakarya
  3. Apa kendalanya? Waktu, Biaya
  4. Bapak/Ibu tinggal di RT berapa? (dilewati)
  5. Apa saran Bapak/Ibu? (dilewati)

  Kirim sekarang?   [Kirim] [Ubah]
> Kirim
< ✅ Terima kasih. Jawaban Bapak/Ibu sudah kami terima.
