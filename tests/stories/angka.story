# Six digits are the answer to a question that asks for a number, even while people check in; elsewhere they check in.
@ now 2026-12-01T07:50
@ training
@ survey jumlah.md
> /start jumlah
< … Berapa lembar berkas yang diarsipkan tahun ini?
> {shown}
< Angka itu kami catat sebagai jawaban. Untuk mencatat kehadiran, ketik HADIR …
< Apakah arsipnya sudah rapi?   [Sudah] [Belum] [Kembali]
> {shown}
< ✅ Kehadiran tercatat: Pelayanan Prima, Selasa, 1 Desember 2026, sebagai peserta tambahan (belum terdaftar).
  Ketik VERIFIKASI dengan NIP, supaya jam pelajaran (JP) dihitung untuk Bapak/Ibu.
< Apakah arsipnya sudah rapi?   [Sudah] [Belum] [Kembali]
