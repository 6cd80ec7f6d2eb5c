# With contact, but what is said is shown to nobody else; then everything is deleted, in two taps.
> /start
< Selamat pagi. …   [ASN] [Warga] [Organisasi] [Bantuan]
> Warga
< Apa yang ingin Bapak/Ibu lakukan? …   [Aspirasi warga] [Survei Kepuasan…]
> Aspirasi warga
< … Bagaimana aspirasi ini dikirim?   [Anonim] [Dengan kontak] [Kontak, isi rahasia] [Batal]
> rahasia
< … Apakah Bapak/Ibu berusia 18 tahun ke atas?   [Ya] [Belum] [Kembali]
> Ya
< … Bapak/Ibu tinggal di kelurahan mana? …   [Namosain] [Nunbaun Sabu] [Nunbaun Delha] [Nunhila] [Fatufeto] [Manutapen] [Mantasi] [Kelurahan Alak] [Batuplat] [Manulai II] [Naioni] [Penkase Oeleta] [Luar Alak] [Tidak ingin menyebut] [Kembali]
> nbs
< … Layanan apa yang ingin ditanggapi? …   [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [11] [Kembali]
> 1
< … kemampuan apa yang perlu ditingkatkan petugas? …   [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Kembali]
> 1, 2
< … Ceritakan pengalaman atau harapan Bapak/Ibu. …   [Kembali]
> Petugas belum menjelaskan syarat surat pindah.
< … Seberapa penting hal ini bagi Bapak/Ibu? …   [1] [2] [3] [4] [5] [Kembali]
> sangat penting
< … Mau dikabari tindak lanjutnya?   [Ya, lewat chat ini] [Tidak] [Kembali]
> Tidak
< Mohon periksa jawaban Bapak/Ibu: … Kirim sekarang?   [Kirim] [Ubah]
> Kirim
< ✅ Terima kasih. Aspirasi Bapak/Ibu tercatat dengan nomor ALK-26-…. … Ketik STATUS ALK-26-… untuk melihat perkembangannya.
> DATA
< Berikut data yang kami simpan: … · aspirasi yang tercatat: 1 … Pilih tindakan. Permintaan diselesaikan paling lama 3 x 24 jam.   [Lihat isi] [Kirim salinan] [Ralat] [Hapus semua] [Baca lengkap] [Tutup]
> Lihat isi
< Aspirasi warga · Selasa, 24 November 2026 · ALK-26-… (rahasia) … Petugas belum menjelaskan syarat surat pindah. … Aspirasi ALK-26-… Persetujuan: 2026-11-24: aspirasi dengan kontak, setuju (versi 1) … Alamat (…   [Lihat isi] [Kirim salinan] [Ralat] [Hapus semua] [Baca lengkap] [Tutup]
> Hapus semua
< Hapus semua data yang kami simpan tentang Bapak/Ibu? …   [Ya, hapus semua] [Batal]
> Ya, hapus semua
< Semua data Bapak/Ibu yang kami simpan sudah dihapus, termasuk alamat percakapan ini. Terima kasih. Ketik MULAI untuk memulai dari awal.
> MULAI
< Selamat pagi. …   [ASN] [Warga] [Organisasi] [Bantuan]
