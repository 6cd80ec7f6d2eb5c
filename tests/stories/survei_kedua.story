# After a second survey one is back in the first.
@ only console telegram
@ survey uji.md
> /start uji
< Pertanyaan 1 dari 7
  Loket mana yang terakhir dipakai?   [Pelayanan umum] [Kependudukan]
> 1
< Pertanyaan 2 dari 7
  Layanan apa yang pernah dipakai?
  Boleh pilih lebih dari satu, lalu tekan Selesai.   [KTP] [Kartu keluarga] [Surat keterangan] [Kembali]
> /start aspirasi
< Aspirasi Bapak/Ibu menjadi masukan pelatihan petugas di Alak. Pilih Anonim bila tidak ingin dikenali: kami tidak menyimpan nama dan nomor Bapak/Ibu pada aspirasi itu.

  Pertanyaan 1 dari 8
  Bagaimana aspirasi ini dikirim?   [Anonim] [Dengan kontak] [Kontak, isi rahasia] [Batal]
> Batal
< Baik, pengisian dihentikan. Terima kasih.
< Pertanyaan 2 dari 7
  Layanan apa yang pernah dipakai?
  Boleh pilih lebih dari satu, lalu tekan Selesai.   [KTP] [Kartu keluarga] [Surat keterangan] [Kembali]
> 1
< Pertanyaan 3 dari 7
  Berapa menit Bapak/Ibu menunggu?   [Kembali]
> 30
< Pertanyaan 4 dari 7
  Kapan itu?   [Kemarin] [Hari ini] [Besok] [Lewati] [Kembali]
