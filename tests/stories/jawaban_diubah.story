# One question of each kind; toggles edit their message; a wrong answer says what is expected; an answer is changed.
@ survey uji.md
> /start uji
< Pertanyaan 1 dari 7
  Loket mana yang terakhir dipakai?   [Pelayanan umum] [Kependudukan]
> Kependudukan
< Pertanyaan 2 dari 7
  Layanan apa yang pernah dipakai?
  Boleh pilih lebih dari satu, lalu tekan Selesai.   [KTP] [Kartu keluarga] [Surat keterangan] [Kembali]
> [KTP]
< Pertanyaan 2 dari 7
  Layanan apa yang pernah dipakai?
  Boleh pilih lebih dari satu, lalu tekan Selesai.   [✓ KTP] [Kartu keluarga] [Surat keterangan] [Hapus pilihan] [Selesai] [Kembali]
> [Surat keterangan]
< Pertanyaan 2 dari 7
  Layanan apa yang pernah dipakai?
  Boleh pilih lebih dari satu, lalu tekan Selesai.   [✓ KTP] [Kartu keluarga] [✓ Surat keterangan] [Hapus pilihan] [Selesai] [Kembali]
> [KTP]
< Pertanyaan 2 dari 7
  Layanan apa yang pernah dipakai?
  Boleh pilih lebih dari satu, lalu tekan Selesai.   [KTP] [Kartu keluarga] [✓ Surat keterangan] [Hapus pilihan] [Selesai] [Kembali]
> [Selesai]
< Pertanyaan 3 dari 7
  Berapa menit Bapak/Ibu menunggu?   [Kembali]
> lama sekali
< Mohon ketik angka bulat, misalnya 34.

  Pertanyaan 3 dari 7
  Berapa menit Bapak/Ibu menunggu?   [Kembali]
> 700
< Paling lama 600 menit.

  Pertanyaan 3 dari 7
  Berapa menit Bapak/Ibu menunggu?   [Kembali]
> @sticker
< …
  Ketik NANTI untuk melanjutkan di lain waktu, KEMBALI ke pertanyaan sebelumnya, atau BANTUAN.

  Pertanyaan 3 dari 7
  Berapa menit Bapak/Ibu menunggu?   [Kembali]
> 30
< Pertanyaan 4 dari 7
  Kapan itu?   [Kemarin] [Hari ini] [Besok] [Lewati] [Kembali]
> kemarin
< Pertanyaan 5 dari 7
  Kirim foto antrean bila ada.
  Kirim foto di sini (paling besar 10 MB).   [Lewati] [Kembali]
> LEWATI
< Sudah 5 dari 7.
  Pertanyaan 6 dari 7
  Di mana tempatnya?   [Kirim lokasi saya] [Lewati] [Kembali]
> @-10.1718,123.5832
< Pertanyaan 7 dari 7
  Apa saran Bapak/Ibu?   [Lewati] [Kembali]
> Tambah kursi tunggu.
< Mohon periksa jawaban Bapak/Ibu:
  1. Loket mana yang terakhir dipakai? Kependudukan
  2. Layanan apa yang pernah dipakai? Surat keterangan
  3. Berapa menit Bapak/Ibu menunggu? 30
  4. Kapan itu? Senin, 23 November 2026
  5. Kirim foto antrean bila ada. (dilewati)
  6. Di mana tempatnya? -10.1718, 123.5832
  7. Apa saran Bapak/Ibu? Tambah kursi tunggu.

  Kirim sekarang?   [Kirim] [Ubah]
> Ubah
< Jawaban nomor berapa yang ingin diubah?   [Kembali]
> 3
< Berapa menit Bapak/Ibu menunggu?
  Jawaban sekarang: 30   [Tetap] [Kembali]
> 45
< Mohon periksa jawaban Bapak/Ibu:
  1. Loket mana yang terakhir dipakai? Kependudukan
  2. Layanan apa yang pernah dipakai? Surat keterangan
  3. Berapa menit Bapak/Ibu menunggu? 45
  4. Kapan itu? Senin, 23 November 2026
  5. Kirim foto antrean bila ada. (dilewati)
  6. Di mana tempatnya? -10.1718, 123.5832
  7. Apa saran Bapak/Ibu? Tambah kursi tunggu.

  Kirim sekarang?   [Kirim] [Ubah]
> Kirim
< ✅ Terima kasih. …
