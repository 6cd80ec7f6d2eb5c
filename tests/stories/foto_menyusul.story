# A photo that comes after the words it belongs to is put to them, whatever is asked by then; words and photo both stay.
> /start
< …   [ASN] [Warga] [Organisasi] [Bantuan]
> Warga
< …   [Aspirasi warga] [Survei Kepuasan…]
> Aspirasi warga
< …   [Anonim] [Dengan kontak] [Kontak, isi rahasia] [Batal]
> Dengan kontak
< …   [Ya] [Belum] [Kembali]
> Ya
< … Bapak/Ibu tinggal di kelurahan mana? …   [Namosain] [Nunbaun Sabu] [Nunbaun Delha] [Nunhila] [Fatufeto] [Manutapen] [Mantasi] [Kelurahan Alak] [Batuplat] [Manulai II] [Naioni] [Penkase Oeleta] [Luar Alak] [Tidak ingin menyebut] [Kembali]
> Naioni
< … Layanan apa yang ingin ditanggapi? …   [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [11] [Kembali]
> 1
< … kemampuan apa yang perlu ditingkatkan petugas? …   [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Kembali]
> 1,2
< … Ceritakan pengalaman …   [Kembali]
> Loket tutup sebelum jam makan siang, lihat foto ini
< Pertanyaan 7 dari 8
  Seberapa penting hal ini bagi Bapak/Ibu? …   [1] [2] [3] [4] [5] [Kembali]
> @photo
< Kiriman Bapak/Ibu kami simpan pada “Ceritakan pengalaman atau harapan Bapak/Ibu. Boleh ketik…”.

  Pertanyaan 7 dari 8
  Seberapa penting hal ini bagi Bapak/Ibu? …   [1] [2] [3] [4] [5] [Kembali]
> @photo
< Kiriman Bapak/Ibu kami simpan pada “Ceritakan pengalaman atau harapan Bapak/Ibu. Boleh ketik…”.

  Pertanyaan 7 dari 8
  Seberapa penting hal ini bagi Bapak/Ibu? …   [1] [2] [3] [4] [5] [Kembali]
> 5
< …   [Ya, lewat chat ini] [Tidak] [Kembali]
> Tidak
< Mohon periksa jawaban Bapak/Ibu: …
  6. Ceritakan pengalaman atau harapan Bapak/Ibu. Boleh ketik…: 📎 2 berkas … lihat foto ini
  7. Seberapa penting hal ini bagi Bapak/Ibu? Sangat penting … Kirim sekarang?   [Kirim] [Ubah]
> Kirim
< ✅ Terima kasih. Aspirasi Bapak/Ibu tercatat dengan nomor …
