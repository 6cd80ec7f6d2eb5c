# What was sent can be changed; it counts once it is sent again.
@ only console telegram
@ survey ubah.md
> /start uji
< Apakah Bapak/Ibu pernah ikut pelatihan tahun ini?   [Ya] [Tidak]
> Tidak
< Apa kendalanya?
  Pilih paling banyak 2, lalu tekan Selesai.   [Waktu] [Biaya] [Jarak] [Tidak ada] [Kembali]
> 4
< Bapak/Ibu tinggal di RT berapa?
  …   [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Berikutnya ▶] [Lewati] [Kembali]
> lewati
< Apa saran Bapak/Ibu?   [Lewati] [Kembali]
> Jam pagi saja
< Mohon periksa jawaban Bapak/Ibu:
  1. Apakah Bapak/Ibu pernah ikut pelatihan tahun ini? Tidak
  2. Apa kendalanya? Tidak ada
  3. Bapak/Ibu tinggal di RT berapa? (dilewati)
  4. Apa saran Bapak/Ibu? Jam pagi saja

  Kirim sekarang?   [Kirim] [Ubah]
> Kirim
< ✅ Terima kasih. Jawaban Bapak/Ibu sudah kami terima.
> /start uji
< “Uji perubahan” sudah Bapak/Ibu kirim. Jawabannya masih dapat diubah.
< Mohon periksa jawaban Bapak/Ibu:
  1. Apakah Bapak/Ibu pernah ikut pelatihan tahun ini? Tidak
  2. Apa kendalanya? Tidak ada
  3. Bapak/Ibu tinggal di RT berapa? (dilewati)
  4. Apa saran Bapak/Ibu? Jam pagi saja

  Kirim sekarang?   [Kirim] [Ubah]
> Ubah
< Jawaban nomor berapa yang ingin diubah?   [Kembali]
> 4
< Apa saran Bapak/Ibu?
  Jawaban sekarang: Jam pagi saja   [Tetap] [Lewati] [Kembali]
> Jam sore saja
< Mohon periksa jawaban Bapak/Ibu:
  1. Apakah Bapak/Ibu pernah ikut pelatihan tahun ini? Tidak
  2. Apa kendalanya? Tidak ada
  3. Bapak/Ibu tinggal di RT berapa? (dilewati)
  4. Apa saran Bapak/Ibu? Jam sore saja

  Kirim sekarang?   [Kirim] [Ubah]
> Kirim
< ✅ Terima kasih. Perubahan jawaban Bapak/Ibu sudah kami simpan.
