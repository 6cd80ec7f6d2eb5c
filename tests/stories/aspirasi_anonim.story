# A citizen hands in an aspiration without a name.
> /start
< Selamat pagi. Ini layanan otomatis (bot) Kecamatan Alak … Bapak/Ibu mengisi sebagai apa?   [ASN] [Warga] [Organisasi] [Bantuan]
> Warga
< Apa yang ingin Bapak/Ibu lakukan? 1 Aspirasi warga 2 Survei Kepuasan Masyarakat Kecamatan Alak   [Aspirasi warga] [Survei Kepuasan…]
> 1
< Aspirasi Bapak/Ibu menjadi masukan pelatihan petugas di Alak. … Bagaimana aspirasi ini dikirim?   [Anonim] [Dengan kontak] [Batal]
