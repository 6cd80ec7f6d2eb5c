# A photo is an answer; what is out of place is named, and the question stands.
@ survey uji.md
> /start uji
< Pertanyaan 1 dari 7 …   [Pelayanan umum] [Kependudukan]
> @photo
< …
  Pertanyaan 1 dari 7 …   [Pelayanan umum] [Kependudukan]
> 2
< Pertanyaan 2 dari 7 …   [KTP] [Kartu keluarga] [Surat keterangan] [Kembali]
> 2
< Pertanyaan 3 dari 7 …   [Kembali]
> 60
< Pertanyaan 4 dari 7 …   [Kemarin] [Hari ini] [Besok] [Lewati] [Kembali]
> Lewati
< Pertanyaan 5 dari 7
  Kirim foto antrean bila ada. …   [Lewati] [Kembali]
> @voice
< …
  Pertanyaan 5 dari 7
  Kirim foto antrean bila ada. …   [Lewati] [Kembali]
> @photo
< …
  Pertanyaan 6 dari 7
  Di mana tempatnya? …   [Kirim lokasi saya] [Lewati] [Kembali]
> Lewati
< Pertanyaan 7 dari 7 …   [Lewati] [Kembali]
> Lewati
< Mohon periksa jawaban Bapak/Ibu: … 5. Kirim foto antrean bila ada. 📎 1 berkas … Kirim sekarang?   [Kirim] [Ubah]
> Kirim
< ✅ Terima kasih. Jawaban Bapak/Ibu sudah kami terima.
