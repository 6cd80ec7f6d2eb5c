# A survey that was begun on one channel goes on where it stood on the other, once the code was typed there.
@ survey uji.md
@ only webchat telegram
> @elsewhere /start uji
< Pertanyaan 1 dari 7 …   [Pelayanan umum] [Kependudukan]
> @elsewhere 2
< Pertanyaan 2 dari 7 …   [KTP] [Kartu keluarga] [Surat keterangan] [Kembali]
> @elsewhere /pindah
< Untuk melanjutkan di kanal lain (Telegram atau obrolan web), buka kanal itu dan ketik di sana dalam 15 menit: /pindah … Jangan berikan kode ini kepada siapa pun: kode ini membuka jawaban Bapak/Ibu.…
< Pertanyaan 2 dari 7 …   [KTP] [Kartu keluarga] [Surat keterangan] [Kembali]
> /start
< Selamat pagi. …   [ASN] [Warga] [Organisasi] [Bantuan]
> /pindah 0000-ABCD
< Kode itu tidak (lagi) berlaku. Mohon ketik /pindah di kanal lain untuk kode baru.
< Selamat pagi. …   [ASN] [Warga] [Organisasi] [Bantuan]
> /pindah {code}
< Gabungkan …   [Ya] [Tidak]
> Ya
< ✅ Kedua percakapan …
< Pertanyaan 2 dari 7 …   [KTP] [Kartu keluarga] [Surat keterangan] [Kembali]
