# A civil servant reads the whole notice, declines, and comes back.
@ only console telegram
> /start tna_asn
< Sebelum mulai: jawaban Bapak/Ibu dipakai untuk menyusun rencana pelatihan ASN tahun 2027, disimpan paling lama 2 tahun, dan tidak memengaruhi penilaian kinerja. Bapak/Ibu dapat melihat atau menghapus data kapan saja dengan mengetik DATA.
  Apakah Bapak/Ibu setuju?   [Setuju] [Baca lengkap] [Tidak setuju]
> Baca lengkap
< Kecamatan Alak mengumpulkan jawaban Bapak/Ibu untuk menyusun rencana pengembangan kompetensi ASN, sebagai tugas pelayanan publik menurut UU 20/2023.
< Yang kami simpan: jawaban, unit kerja, alamat percakapan ini, dan, bila diberikan, NIP. Alamat, NIP, nama, dan nomor HP disandikan. Semuanya disimpan paling lama 2 tahun, sesudah itu hanya berupa angka tanpa nama. Kelompok di bawah lima orang tidak pernah ditampilkan.
< Pesan dikirim lewat Telegram atau web; … Pertanyaan tentang data pribadi: Kecamatan Alak.
< Sebelum mulai: jawaban Bapak/Ibu dipakai untuk menyusun rencana pelatihan ASN tahun 2027, disimpan paling lama 2 tahun, dan tidak memengaruhi penilaian kinerja. Bapak/Ibu dapat melihat atau menghapus data kapan saja dengan mengetik DATA.
  Apakah Bapak/Ibu setuju?   [Setuju] [Baca lengkap] [Tidak setuju]
> Tidak setuju
< Baik, kami tidak menyimpan jawaban apa pun. Bila berubah pikiran, ketik MULAI.
> MULAI
< Selamat pagi. Ini layanan otomatis (bot) Kecamatan Alak untuk menampung masukan ASN dan warga tentang pelayanan dan pengembangan kompetensi ASN.
  Bapak/Ibu mengisi sebagai apa?   [ASN] [Warga] [Organisasi] [Bantuan]
> ASN
< Sebelum mulai: jawaban Bapak/Ibu dipakai untuk menyusun rencana pelatihan ASN tahun 2027, disimpan paling lama 2 tahun, dan tidak memengaruhi penilaian kinerja. Bapak/Ibu dapat melihat atau menghapus data kapan saja dengan mengetik DATA.
  Apakah Bapak/Ibu setuju?   [Setuju] [Baca lengkap] [Tidak setuju]
> entah
< Mohon jawab: Setuju atau Tidak setuju.
> Setuju
< Apa yang ingin Bapak/Ibu lakukan?
  1 Aspirasi warga
  2 Survei kebutuhan pengembangan kompetensi ASN
  Ketik PELATIHAN untuk melihat pelatihan yang dapat diikuti.   [Aspirasi warga] [Survei kebutuhan…]
