# From the list to a place in a training and out of it again; KEMBALI and BATAL mean what they say there.
@ offers
> PELATIHAN
< Pelatihan ini untuk ASN. Bila Bapak/Ibu ASN, ketik ASN dulu, lalu PELATIHAN.
> /start t-prima-1
< Sebelum mulai: …   [Setuju] [Baca lengkap] [Tidak setuju]
> Setuju
< Pelayanan Prima: bimbingan teknis (bimtek), 16 jam pelajaran (JP)
  Selasa–Rabu, 1–2 Desember 2026, pukul 08.00–15.30 WITA, di Aula Kantor Camat Alak
  Sisa tempat: 2.   [Daftar] [Berkas kalender] [Daftar pelatihan] [Tutup]
> [Daftar pelatihan]
< Pelatihan yang cocok untuk Bapak/Ibu:
  1 Pelayanan Prima (16 JP), Selasa–Rabu, 1–2 Desember 2026
  Ketik /verifikasi agar pelatihan khusus unit Bapak/Ibu ikut ditampilkan.   [1 Pelayanan Prima] [Tutup]
> [1 Pelayanan Prima]
< Pelayanan Prima: bimbingan teknis (bimtek), 16 jam pelajaran (JP)
  Selasa–Rabu, 1–2 Desember 2026, pukul 08.00–15.30 WITA, di Aula Kantor Camat Alak
  Sisa tempat: 2.   [Daftar] [Berkas kalender] [Daftar pelatihan] [Tutup]
> [Berkas kalender]
< Buka berkas ini agar pelatihan tercatat di kalender Bapak/Ibu.
< Pelayanan Prima: …   [Daftar] [Berkas kalender] [Daftar pelatihan] [Tutup]
> daftar
< ✅ Bapak/Ibu terdaftar pada pelatihan Pelayanan Prima: Selasa–Rabu, 1–2 Desember 2026, pukul 08.00–15.30 WITA, di Aula Kantor Camat Alak. Kami akan mengingatkan. Ketik PELATIHAN SAYA untuk melihat atau membatalkannya.
> pelatihan saya
< Pelatihan Bapak/Ibu:
  1 Pelayanan Prima (16 JP), Selasa–Rabu, 1–2 Desember 2026 · terdaftar   [1 Pelayanan Prima] [Daftar pelatihan] [Tutup]
> 1
< Pelayanan Prima: … Bapak/Ibu terdaftar.   [Batalkan pendaftaran] [Berkas kalender] [Daftar pelatihan] [Tutup]
> batal
< Mengapa Bapak/Ibu tidak dapat ikut? Pilih atau ketik alasannya dengan singkat; petugas akan membacanya.   [Tugas mendesak] [Sakit] [Cuti atau izin] [Tetap ikut]
> [Tetap ikut]
< Pelayanan Prima: … Bapak/Ibu terdaftar.   [Batalkan pendaftaran] [Berkas kalender] [Daftar pelatihan] [Tutup]
> Batalkan pendaftaran
< Mengapa Bapak/Ibu tidak dapat ikut? …   [Tugas mendesak] [Sakit] [Cuti atau izin] [Tetap ikut]
> Ada musrenbang
< Baik, pendaftaran Bapak/Ibu pada Pelayanan Prima sudah dibatalkan. Terima kasih sudah memberi kabar.
> pelatihan saya
< Pelatihan Bapak/Ibu:
  Bapak/Ibu belum terdaftar pada pelatihan mendatang.   [Daftar pelatihan] [Tutup]
> tutup
< Baik.
