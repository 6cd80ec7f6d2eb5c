# Words that belong to nothing become an aspiration, with contact; its number answers STATUS.
> /start
< Selamat pagi. …   [ASN] [Warga] [Organisasi] [Bantuan]
> Warga
< Apa yang ingin Bapak/Ibu lakukan? …   [Aspirasi warga] [Survei Kepuasan…]
> Petugas loket belum menjelaskan syarat surat pindah.
< Kami menerima: “Petugas loket belum menjelaskan syarat surat pindah.” …   [Ya] [Tidak]
> ho
< … Bagaimana aspirasi ini dikirim?   [Anonim] [Dengan kontak] [Kontak, isi rahasia] [Batal]
> Dengan kontak
< … Apakah Bapak/Ibu berusia 18 tahun ke atas?   [Ya] [Belum] [Kembali]
> Ya
< … Bapak/Ibu tinggal di kelurahan mana? …   [Namosain] [Nunbaun Sabu] [Nunbaun Delha] [Nunhila] [Fatufeto] [Manutapen] [Mantasi] [Kelurahan Alak] [Batuplat] [Manulai II] [Naioni] [Penkase Oeleta] [Luar Alak] [Tidak ingin menyebut] [Kembali]
> nbs
< … Layanan apa yang ingin ditanggapi? …   [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Kembali]
> surat keterangan kelurahan
< … kemampuan apa yang perlu ditingkatkan petugas? …   [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Kembali]
> 1, 2
< … Sudah terisi: Petugas loket belum menjelaskan syarat surat pindah.   [Tetap] [Kembali]
> Tetap
< … Seberapa penting hal ini bagi Bapak/Ibu? …   [1] [2] [3] [4] [5] [Kembali]
> sangat penting
< … Mau dikabari tindak lanjutnya?   [Ya, lewat chat ini] [Tidak] [Kembali]
> [Ya, lewat chat ini]
< Mohon periksa jawaban Bapak/Ibu: … Nunbaun Sabu … Kirim sekarang?   [Kirim] [Ubah]
> Kirim
< ✅ Terima kasih. Aspirasi Bapak/Ibu tercatat dengan nomor ALK-26-…. Kami memeriksanya paling lama 3 hari kerja. Ketik STATUS ALK-26-… untuk melihat perkembangannya.
> status
< ALK-26-… (Aspirasi warga): DITERIMA (Selasa, 24 November 2026)
