# A photo or a voice note where none is asked for, and outside any survey.
@ only console telegram
@ survey uji.md
> /start uji
< Pertanyaan 1 dari 7
  Loket mana yang terakhir dipakai?   [Pelayanan umum] [Kependudukan]
> @photo
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
> @voice
< Mohon ketik angka bulat, misalnya 34.

  Pertanyaan 3 dari 7
  Berapa menit Bapak/Ibu menunggu?   [Kembali]
> 30
< Pertanyaan 4 dari 7
  Kapan itu?   [Kemarin] [Hari ini] [Besok] [Lewati] [Kembali]
> nanti
< Jawaban sampai pertanyaan 3 sudah tersimpan. Bapak/Ibu dapat melanjutkan sampai Selasa, 8 Desember 2026.
  Mau lanjut sekarang?   [Lanjutkan] [Ingatkan besok] [Berhenti]
> @photo
< Kiriman itu belum dapat kami pakai di sini.
  “Uji antrean” masih menunggu. Mau dilanjutkan?   [Lanjutkan] [Menu]
