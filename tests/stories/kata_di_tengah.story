# Words in between return to the question that stood.
@ only console telegram
@ survey uji.md
> /start uji
< Pertanyaan 1 dari 7
  Loket mana yang terakhir dipakai?   [Pelayanan umum] [Kependudukan]
> 1
< Pertanyaan 2 dari 7
  Layanan apa yang pernah dipakai?
  Boleh pilih lebih dari satu, lalu tekan Selesai.   [KTP] [Kartu keluarga] [Surat keterangan] [Kembali]
> 1
< Pertanyaan 3 dari 7
  Berapa menit Bapak/Ibu menunggu?   [Kembali]
> MENU
< Selamat pagi. Ini layanan otomatis (bot) Kecamatan Alak untuk menampung masukan ASN dan warga tentang pelayanan dan pengembangan kompetensi ASN.
  Bapak/Ibu mengisi sebagai apa?   [ASN] [Warga] [Organisasi] [Bantuan]
> lanjut
< Pertanyaan 3 dari 7
  Berapa menit Bapak/Ibu menunggu?   [Kembali]
> STATUS ALK-26-0000-A
< Nomor itu belum lengkap. Contoh nomor: ALK-26-0417-Q. Mohon periksa kembali.
< Pertanyaan 3 dari 7
  Berapa menit Bapak/Ibu menunggu?   [Kembali]
> DATA
< Berikut data yang kami simpan:
  · alamat percakapan ini, dalam bentuk tersandi
  · mengisi sebagai: belum disebutkan
  · survei yang jawabannya tersimpan: 1
  · survei yang belum selesai: 1
  · aspirasi yang tercatat: 0
  · catatan persetujuan: 0
  · pengumuman: tidak
  Jawaban anonim disimpan tanpa hubungan dengan Bapak/Ibu, jadi tidak dapat kami tampilkan di sini.
  Pilih tindakan. Permintaan diselesaikan paling lama 3 x 24 jam.   [Lihat isi] [Kirim salinan] [Ralat] [Hapus semua] [Baca lengkap] [Tutup]
> Tutup
< Baik.
< Pertanyaan 3 dari 7
  Berapa menit Bapak/Ibu menunggu?   [Kembali]
> bantuan
< Jawab dengan tombol, angka, atau kata-kata Bapak/Ibu sendiri.
  LEWATI untuk melewati pertanyaan, KEMBALI ke pertanyaan sebelumnya, NANTI untuk melanjutkan di hari lain, BERHENTI untuk menjeda, ULANG untuk mulai lagi.

  Pertanyaan 3 dari 7
  Berapa menit Bapak/Ibu menunggu?   [Kembali]
> 12
< Pertanyaan 4 dari 7
  Kapan itu?   [Kemarin] [Hari ini] [Besok] [Lewati] [Kembali]
