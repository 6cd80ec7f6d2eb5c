# A citizen hands in an aspiration without a name.
> /start
< Selamat pagi. Ini layanan otomatis (bot) Kecamatan Alak … Bapak/Ibu mengisi sebagai apa?   [ASN] [Warga] [Organisasi] [Bantuan]
> Warga
< Apa yang ingin Bapak/Ibu lakukan? 1 Aspirasi warga 2 Survei Kepuasan Masyarakat Kecamatan Alak   [Aspirasi warga] [Survei Kepuasan…]
> 1
< Aspirasi Bapak/Ibu menjadi masukan pelatihan petugas di Alak. … Bagaimana aspirasi ini dikirim?   [Anonim] [Dengan kontak] [Kontak, isi rahasia] [Batal]
> anonim
< … Apakah Bapak/Ibu berusia 18 tahun ke atas?   [Ya] [Belum] [Kembali]
> ya
< … Bapak/Ibu tinggal di kelurahan mana? …   [Namosain] [Nunbaun Sabu] [Nunbaun Delha] [Nunhila] [Fatufeto] [Manutapen] [Mantasi] [Kelurahan Alak] [Batuplat] [Manulai II] [Naioni] [Penkase Oeleta] [Luar Alak] [Tidak ingin menyebut] [Kembali]
> 14
< … Layanan apa yang ingin ditanggapi? …   [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [11] [Kembali]
> 8
< … kemampuan apa yang perlu ditingkatkan petugas? …   [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Kembali]
> [5]
< … kemampuan apa yang perlu ditingkatkan petugas? …   [1] [2] [3] [4] [✓ 5] [6] [7] [8] [9] [10] [Hapus pilihan] [Selesai] [Kembali]
> [Selesai]
< … Ceritakan pengalaman atau harapan Bapak/Ibu. …   [Kembali]
> NIK saya 5371010101900001, air PDAM sering mati dan petugas tidak memberi kabar.
< Pesan Bapak/Ibu memuat … NIK… Seberapa penting hal ini bagi Bapak/Ibu? …   [1] [2] [3] [4] [5] [Kembali]
> 4
< Mohon periksa jawaban Bapak/Ibu: … [NIK disamarkan], air PDAM sering mati … Kirim sekarang?   [Kirim] [Ubah]
> Kirim
< ✅ Terima kasih. Aspirasi anonim tercatat dengan nomor ALK-26-… dan PIN …. Mohon simpan keduanya: kami tidak dapat mengirim kabar karena kontak tidak disimpan.
