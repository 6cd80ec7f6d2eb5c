# Announcements are a question of their own; STOP ends them at once, twice ends reminders too, START takes both up again.
> /start
< Selamat pagi. …   [ASN] [Warga] [Organisasi] [Bantuan]
> Warga
< Apa yang ingin Bapak/Ibu lakukan? …   [Aspirasi warga] [Survei Kepuasan…]
> PENGUMUMAN
< Bolehkah kami mengirim pengumuman pelatihan dan survei baru di percakapan ini? …   [Ya, silakan] [Tidak, terima kasih] [Baca lengkap]
> Baca lengkap
< Untuk pengumuman Kecamatan Alak hanya memakai alamat percakapan ini …
< Bolehkah kami mengirim pengumuman pelatihan dan survei baru di percakapan ini? …   [Ya, silakan] [Tidak, terima kasih] [Baca lengkap]
> Ya, silakan
< Apakah Bapak/Ibu berusia 18 tahun ke atas? Jawaban ini tidak disimpan.   [Ya] [Belum]
> Ya
< Terima kasih. Pengumuman akan kami kirim di sini. Ketik BERHENTI kapan saja untuk menghentikannya.
< Apa yang ingin Bapak/Ibu lakukan? …   [Aspirasi warga] [Survei Kepuasan…]
> BERHENTI
< Baik, Bapak/Ibu tidak akan menerima pengumuman lagi. Pengingat pelatihan yang sudah didaftarkan tetap dikirim. Ketik MULAI bila berubah pikiran.
> BERHENTI
< Baik, kami tidak mengirim apa pun lagi: tidak ada pengumuman, tidak ada pengingat. Ketik MULAI bila berubah pikiran.
> MULAI
< Pengumuman akan kami kirim lagi. …
< Selamat pagi. Apa yang ingin Bapak/Ibu lakukan? …   [Aspirasi warga] [Survei Kepuasan…]
> RALAT
< Apa yang perlu diralat? …   [Batal]
> Nama kelurahan saya tertulis dengan ejaan lama
< Terima kasih, ralat Bapak/Ibu kami catat. Selesai paling lambat Jumat, 27 November 2026.
< Apa yang ingin Bapak/Ibu lakukan? …   [Aspirasi warga] [Survei Kepuasan…]
> SALINAN
< Salinan data sedang kami siapkan (JSON dan Excel). Sebentar lagi dikirim di sini.
< Apa yang ingin Bapak/Ibu lakukan? …   [Aspirasi warga] [Survei Kepuasan…]
@ wait PT10S
< Data Bapak/Ibu sebagai berkas untuk program lain.
< Isi yang sama sebagai tabel. Kedua berkas dihapus dari sini dalam satu hari.
