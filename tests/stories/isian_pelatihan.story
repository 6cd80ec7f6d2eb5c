# What is asked about a training is opened by its link or a word; without a training there is nothing to answer.
> /start
< Selamat pagi. …   [ASN] [Warga] [Organisasi] [Bantuan]
> ASN
< Sebelum mulai: …   [Setuju] [Baca lengkap] [Tidak setuju]
> Setuju
< Apa yang ingin Bapak/Ibu lakukan? …   [Aspirasi warga] [Survei kebutuhan…]
> TES
< Saat ini belum ada isian pelatihan untuk Bapak/Ibu.
> /start s-l1-pelayanan_prima-2026-12-01
< Tautan itu sudah tidak berlaku.
> /start l1_reaksi
< “Umpan balik pelatihan” diisi untuk satu pelatihan: silakan buka lewat pengingat atau tautan pelatihan itu.
