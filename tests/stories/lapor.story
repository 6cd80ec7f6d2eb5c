# What belongs to LAPOR is told so; the person decides whether it is kept.
@ only console telegram
> Petugas minta uang rokok untuk KTP
< Hal ini lebih tepat ditangani lewat SP4N-LAPOR: lapor.go.id atau SMS ke 1708 dengan format KOTKUPANG(spasi)isi laporan. Boleh juga kami simpan sebagai aspirasi.   [Simpan aspirasi] [Tidak usah]
> Tidak usah
< Baik, pesan itu tidak kami simpan.
< Selamat pagi. Ini layanan otomatis (bot) Kecamatan Alak untuk menampung masukan ASN dan warga tentang pelayanan dan pengembangan kompetensi ASN.
  Bapak/Ibu mengisi sebagai apa?   [ASN] [Warga] [Organisasi] [Bantuan]
> Warga
< Apa yang ingin Bapak/Ibu lakukan?
  1 Aspirasi warga
  2 Survei Kepuasan Masyarakat Kecamatan Alak   [Aspirasi warga] [Survei Kepuasan…]
> 1
< Aspirasi Bapak/Ibu menjadi masukan pelatihan petugas di Alak. Pilih Anonim bila tidak ingin dikenali: kami tidak menyimpan nama dan nomor Bapak/Ibu pada aspirasi itu.

  Pertanyaan 1 dari 8
  Bagaimana aspirasi ini dikirim?   [Anonim] [Dengan kontak] [Kontak, isi rahasia] [Batal]
> Anonim
< Pertanyaan 2 dari 8
  Apakah Bapak/Ibu berusia 18 tahun ke atas?   [Ya] [Belum] [Kembali]
> Ya
< Pertanyaan 3 dari 7
  Bapak/Ibu tinggal di kelurahan mana?
  …   [Namosain] [Nunbaun Sabu] [Nunbaun Delha] [Nunhila] [Fatufeto] [Manutapen] [Mantasi] [Kelurahan Alak] [Batuplat] [Manulai II] [Naioni] [Penkase Oeleta] [Luar Alak] [Tidak ingin menyebut] [Kembali]
> Naioni
< Pertanyaan 4 dari 7
  Layanan apa yang ingin ditanggapi?
  …   [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Kembali]
> 1
< Pertanyaan 5 dari 7
  Menurut Bapak/Ibu, kemampuan apa yang perlu ditingkatkan petugas?
  Pilih paling banyak tiga.
  …
  Pilih paling banyak 3, lalu tekan Selesai.   [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Kembali]
> 1,2
< Sudah 5 dari 7.
  Pertanyaan 6 dari 7
  Ceritakan pengalaman atau harapan Bapak/Ibu. Boleh ketik, kirim suara, atau foto.
  Mohon tidak menulis NIK atau nomor HP.
  Satu atau dua kalimat (20 huruf atau lebih) sangat membantu. Suara paling lama 90 detik, foto paling banyak tiga.   [Kembali]
> Saya dimintai uang pelicin di loket
< Hal ini lebih tepat ditangani lewat SP4N-LAPOR: lapor.go.id atau SMS ke 1708 dengan format KOTKUPANG(spasi)isi laporan. Boleh juga kami simpan sebagai aspirasi.   [Simpan aspirasi] [Tidak usah]
> Simpan aspirasi
< Pertanyaan 7 dari 7
  Seberapa penting hal ini bagi Bapak/Ibu?
  1. Tidak penting
  2. Kurang penting
  3. Cukup penting
  4. Penting
  5. Sangat penting   [1] [2] [3] [4] [5] [Kembali]
> 5
< Mohon periksa jawaban Bapak/Ibu:
  1. Bagaimana aspirasi ini dikirim? Anonim
  2. Apakah Bapak/Ibu berusia 18 tahun ke atas? Ya
  3. Bapak/Ibu tinggal di kelurahan mana? Naioni
  4. Layanan apa yang ingin ditanggapi? KTP, KK, dan akta
  5. Menurut Bapak/Ibu, kemampuan apa yang perlu ditingkatkan…: Ramah dan sopan, Penjelasan jelas
  6. Ceritakan pengalaman atau harapan Bapak/Ibu. Boleh ketik…: Saya dimintai uang pelicin di loket
  7. Seberapa penting hal ini bagi Bapak/Ibu? Sangat penting

  Kirim sekarang?   [Kirim] [Ubah]
