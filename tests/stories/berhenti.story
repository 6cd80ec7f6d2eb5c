# BERHENTI inside a survey pauses it and offers to stop all; outside it is the end of announcements.
@ survey uji.md
> /start uji
< Pertanyaan 1 dari 7
  Loket mana yang terakhir dipakai?   [Pelayanan umum] [Kependudukan]
> 1
< Pertanyaan 2 dari 7
  Layanan apa yang pernah dipakai?
  Boleh pilih lebih dari satu, lalu tekan Selesai.   [KTP] [Kartu keluarga] [Surat keterangan] [Kembali]
> BERHENTI
< Pengisian survei kami jeda. Jawaban sampai pertanyaan 1 sudah tersimpan. Bapak/Ibu dapat melanjutkan sampai Selasa, 8 Desember 2026.   [Lanjutkan] [Hentikan semua pesan]
> Lanjutkan
< Kita lanjutkan dari tempat Bapak/Ibu berhenti.

  Pertanyaan 2 dari 7
  Layanan apa yang pernah dipakai?
  Boleh pilih lebih dari satu, lalu tekan Selesai.   [KTP] [Kartu keluarga] [Surat keterangan] [Kembali]
> berhenti
< Pengisian survei kami jeda. Jawaban sampai pertanyaan 1 sudah tersimpan. Bapak/Ibu dapat melanjutkan sampai Selasa, 8 Desember 2026.   [Lanjutkan] [Hentikan semua pesan]
> Hentikan semua pesan
< Baik, Bapak/Ibu tidak akan menerima pengumuman lagi. Pengingat pelatihan yang sudah didaftarkan tetap dikirim. Ketik MULAI bila berubah pikiran.
> MULAI
< Baik, kami boleh menulis lagi kepada Bapak/Ibu. Pengumuman hanya dikirim bila dikehendaki: ketik PENGUMUMAN.
< Selamat pagi.
< Kita lanjutkan dari tempat Bapak/Ibu berhenti.

  Pertanyaan 2 dari 7
  Layanan apa yang pernah dipakai?
  Boleh pilih lebih dari satu, lalu tekan Selesai.   [KTP] [Kartu keluarga] [Surat keterangan] [Kembali]
