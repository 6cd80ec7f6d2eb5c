# The word for reminders in the middle of a survey: nothing waits, and the survey goes on.
> /start
< Selamat pagi. …   [ASN] [Warga] [Organisasi] [Bantuan]
> Warga
< Apa yang ingin Bapak/Ibu lakukan? …   [Aspirasi warga] [Survei Kepuasan…]
> PENGINGAT
< Tidak ada pengingat yang menunggu jawaban Bapak/Ibu.
> Aspirasi warga
< … Bagaimana aspirasi ini dikirim?   [Anonim] [Dengan kontak] [Kontak, isi rahasia] [Batal]
> /pengingat
< Tidak ada pengingat yang menunggu jawaban Bapak/Ibu.
> Dengan kontak
< … Apakah Bapak/Ibu berusia 18 tahun ke atas?   [Ya] [Belum] [Kembali]
