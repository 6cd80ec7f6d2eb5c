# A sticker out of place names what is expected; the question stands as before.
@ only console telegram
@ survey uji.md
> /start uji
< Pertanyaan 1 dari 7
  Loket mana yang terakhir dipakai?   [Pelayanan umum] [Kependudukan]
> @sticker
< Maaf, pilihan itu belum ada. Mohon pilih: Pelayanan umum / Kependudukan.

  Pertanyaan 1 dari 7
  Loket mana yang terakhir dipakai?   [Pelayanan umum] [Kependudukan]
> 1
< Pertanyaan 2 dari 7
  Layanan apa yang pernah dipakai?
  Boleh pilih lebih dari satu, lalu tekan Selesai.   [KTP] [Kartu keluarga] [Surat keterangan] [Kembali]
> @sticker
< Mohon tekan pilihan Bapak/Ibu, atau ketik dengan koma: KTP / Kartu keluarga / Surat keterangan.

  Pertanyaan 2 dari 7
  Layanan apa yang pernah dipakai?
  Boleh pilih lebih dari satu, lalu tekan Selesai.   [KTP] [Kartu keluarga] [Surat keterangan] [Kembali]
> [KTP]
< Pertanyaan 2 dari 7
  Layanan apa yang pernah dipakai?
  Boleh pilih lebih dari satu, lalu tekan Selesai.   [✓ KTP] [Kartu keluarga] [Surat keterangan] [Hapus pilihan] [Selesai] [Kembali]
> @sticker
< Mohon tekan pilihan Bapak/Ibu, atau ketik dengan koma: KTP / Kartu keluarga / Surat keterangan.

  Pertanyaan 2 dari 7
  Layanan apa yang pernah dipakai?
  Boleh pilih lebih dari satu, lalu tekan Selesai.   [✓ KTP] [Kartu keluarga] [Surat keterangan] [Hapus pilihan] [Selesai] [Kembali]
> [Selesai]
< Pertanyaan 3 dari 7
  Berapa menit Bapak/Ibu menunggu?   [Kembali]
