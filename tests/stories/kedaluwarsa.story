# A survey left too long is closed.
@ only console telegram
@ survey uji.md
> /start uji
< Pertanyaan 1 dari 7
  Loket mana yang terakhir dipakai?   [Pelayanan umum] [Kependudukan]
> 1
< Pertanyaan 2 dari 7
  Layanan apa yang pernah dipakai?
  Boleh pilih lebih dari satu, lalu tekan Selesai.   [KTP] [Kartu keluarga] [Surat keterangan] [Kembali]
@ wait P15D
< Waktu pengisian survei ini sudah lewat, jadi kami tutup. Terima kasih atas jawaban yang sudah diberikan.
> 1
< Selamat pagi. Ini layanan otomatis (bot) Kecamatan Alak untuk menampung masukan ASN dan warga tentang pelayanan dan pengembangan kompetensi ASN.
  Bapak/Ibu mengisi sebagai apa?   [ASN] [Warga] [Organisasi] [Bantuan]
