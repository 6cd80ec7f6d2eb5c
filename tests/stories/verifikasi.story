# An employee proves who they are with the number and the phone that the office has; nothing is said back.
@ roster
> /start
< Selamat pagi. …   [ASN] [Warga] [Organisasi] [Bantuan]
> ASN
< …   [Setuju] [Baca lengkap] [Tidak setuju]
> Setuju
< Mohon ketik NIP atau NI PPPK Bapak/Ibu (18 angka). …   [Isi tanpa NIP]
> Isi tanpa NIP
< Baik. Ketik /verifikasi kapan saja; …
< Apa yang ingin Bapak/Ibu lakukan? …   [Aspirasi warga] [Umpan balik…] [Survei kebutuhan…]
> VERIFIKASI
< Mohon ketik NIP atau NI PPPK Bapak/Ibu (18 angka). …   [Isi tanpa NIP]
> 198609262015052001
< Terima kasih. Sekarang mohon ketik nomor HP yang tercatat di daftar pegawai, atau kode dari admin unit.   [Isi tanpa NIP]
> 0813 9999 0000
< Nomor dan bukti itu tidak cocok dengan daftar pegawai. …   [Isi tanpa NIP]
> 198609262015052001
< Terima kasih. Sekarang mohon ketik nomor HP yang tercatat di daftar pegawai, atau kode dari admin unit.   [Isi tanpa NIP]
> 0813 1234 5678
< ✅ Terima kasih. Bapak/Ibu tercatat sebagai pegawai Kantor Lurah Nunbaun Delha.
< Apa yang ingin Bapak/Ibu lakukan? …   [Aspirasi warga] [Umpan balik…] [Survei kebutuhan…]
> VERIFIKASI
< Bapak/Ibu sudah tercatat sebagai pegawai. Terima kasih.
< Apa yang ingin Bapak/Ibu lakukan? …   [Aspirasi warga] [Umpan balik…] [Survei kebutuhan…]
