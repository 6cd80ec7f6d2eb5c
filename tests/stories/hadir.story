# Somebody scans the code in the room before anybody knows them, and types it as well; their hours count once they prove
# who they are.
@ now 2026-12-01T07:50
@ training
> /start h-{shown}-pelayanan_prima-2026-12-01
< ✅ Kehadiran tercatat: Pelayanan Prima, Selasa, 1 Desember 2026, sebagai peserta tambahan (belum terdaftar).
  Ketik VERIFIKASI dengan NIP, supaya jam pelajaran (JP) dihitung untuk Bapak/Ibu.
> HADIR {shown}
< Kehadiran sudah tercatat sebelumnya: Pelayanan Prima, Selasa, 1 Desember 2026. Tidak ada lagi yang perlu dilakukan.
> jp saya
< Jam pelajaran (JP) dihitung sesudah Bapak/Ibu terbukti sebagai pegawai. Mohon ketik VERIFIKASI dengan NIP.
> sertifikat
< Sertifikat belum diterbitkan di sini. Mohon tanyakan kepada kantor.
@ wait PT1H
> hadir 000000
< Kode itu tidak berlaku (lagi): kode berganti setiap menit. Mohon kirim kode yang tampil sekarang.
@ wait P1D
> {shown}
< Kode itu tidak berlaku (lagi): kode berganti setiap menit. Mohon kirim kode yang tampil sekarang.
> verifikasi
< … Apakah Bapak/Ibu setuju?   [Setuju] [Baca lengkap] [Tidak setuju]
