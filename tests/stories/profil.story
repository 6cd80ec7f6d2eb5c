# Two people share one phone: each has own answers, and goes on where they stopped.
> /start
< Selamat pagi. …   [ASN] [Warga] [Organisasi] [Bantuan]
> Warga
< Apa yang ingin Bapak/Ibu lakukan? …   [Aspirasi warga] [Survei Kepuasan…]
> Aspirasi warga
< … Bagaimana aspirasi ini dikirim?   [Anonim] [Dengan kontak] [Kontak, isi rahasia] [Batal]
> Dengan kontak
< … Apakah Bapak/Ibu berusia 18 tahun ke atas?   [Ya] [Belum] [Kembali]
> /profil
< Bila percakapan ini dipakai beberapa orang, jawaban masing-masing dipisahkan. Siapa nama Bapak/Ibu yang menulis di sini selama ini? Nama panggilan cukup.   [Tidak usah]
> Maria
< Siapa yang menulis sekarang?   [Maria] [Orang lain]
> Orang lain
< Siapa nama orang yang lain? Nama panggilan cukup.   [Tidak usah]
> Yohanes
< Sekarang Yohanes yang menulis.
< Selamat pagi. …   [ASN] [Warga] [Organisasi] [Bantuan]
> Warga
< Apa yang ingin Bapak/Ibu lakukan? …   [Aspirasi warga] [Survei Kepuasan…]
> /start
< Siapa yang menulis sekarang?   [Maria] [Yohanes] [Orang lain]
> Maria
< Sekarang Maria yang menulis.
< … Apakah Bapak/Ibu berusia 18 tahun ke atas?   [Ya] [Belum] [Kembali]
