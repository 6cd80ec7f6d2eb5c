# Somebody scans the code in the room before anybody knows them, proves who they are, and looks at their hours.
@ now 2026-12-01T07:50
@ training
> /start h-{shown}-pelayanan_prima-2026-12-01
< ✅ Kehadiran tercatat: Pelayanan Prima, Selasa, 1 Desember 2026, sebagai peserta tambahan (belum terdaftar).
  Ketik VERIFIKASI dengan NIP, supaya jam pelajaran (JP) dihitung untuk Bapak/Ibu.
> HADIR {shown}
< Kehadiran sudah tercatat sebelumnya: Pelayanan Prima, Selasa, 1 Desember 2026. Tidak ada lagi yang perlu dilakukan.
> verifikasi
< … Apakah Bapak/Ibu setuju?   [Setuju] [Baca lengkap] [Tidak setuju]
> Setuju
< Mohon ketik NIP …   [Isi tanpa NIP]
> 199001012015032001
< Terima kasih. …   [Isi tanpa NIP]
> 081234567801
< ✅ Terima kasih. Bapak/Ibu tercatat sebagai pegawai Kelurahan Nunbaun Delha.
< Apa yang ingin Bapak/Ibu lakukan? …   [Aspirasi warga] [Umpan balik…] [Survei kebutuhan…]
> batal
< Baik. …
> jp saya
< Tahun 2026 Bapak/Ibu memiliki 0 dari 20 jam pelajaran (JP), kurang 20.
@ wait PT1H
> hadir 000000
< Kode itu tidak berlaku (lagi): kode berganti setiap menit. Mohon kirim kode yang tampil sekarang.
@ wait P2D
> jp
< Tahun 2026 Bapak/Ibu memiliki 8 dari 20 jam pelajaran (JP), kurang 12.
  · Pelayanan Prima: 8 JP
