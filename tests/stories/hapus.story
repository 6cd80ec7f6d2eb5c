# Deleting is heard while a survey stands, takes two taps, and takes the photo along; what is no yes deletes nothing.
> /start
< Selamat pagi. …   [ASN] [Warga] [Organisasi] [Bantuan]
> Warga
< Apa yang ingin Bapak/Ibu lakukan? …   [Aspirasi warga] [Survei Kepuasan…]
> Aspirasi warga
< Aspirasi Bapak/Ibu menjadi masukan …   [Anonim] [Dengan kontak] [Kontak, isi rahasia] [Batal]
> Dengan kontak
< Pertanyaan 2 dari 8 …   [Ya] [Belum] [Kembali]
> HAPUS
< Hapus semua data yang kami simpan tentang Bapak/Ibu? …   [Ya, hapus semua] [Batal]
> Apa maksudnya
< Hapus semua data yang kami simpan tentang Bapak/Ibu? …   [Ya, hapus semua] [Batal]
> Batal
< Baik, tidak ada yang dihapus.
< Pertanyaan 2 dari 8 …   [Ya] [Belum] [Kembali]
> HAPUS
< Hapus semua data yang kami simpan tentang Bapak/Ibu? …   [Ya, hapus semua] [Batal]
> HAPUS SEMUANYA
< Semua data Bapak/Ibu yang kami simpan sudah dihapus, termasuk alamat percakapan ini. Terima kasih. Ketik MULAI untuk memulai dari awal.
> MULAI
< Selamat pagi. …   [ASN] [Warga] [Organisasi] [Bantuan]
