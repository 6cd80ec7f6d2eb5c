# A task after a training: told, looked at, handed in with words and a photo, and seen to be handed in.
# Who is on the roster decides, whatever they said they write as.
@ now 2026-12-10T09:00
> /start
< Selamat pagi. …   [ASN] [Warga] [Organisasi] [Bantuan]
> Warga
< Apa yang ingin Bapak/Ibu lakukan? …   [Aspirasi warga] [Survei Kepuasan…]
@ happens a_task
< 📌 Tugas setelah pelatihan Pelayanan Prima: Susun teks syarat satu layanan yang paling sering diminta, lalu uji pada 5 warga.
  Mohon dikirim paling lambat Rabu, 16 Desember 2026. Ketik TUGAS untuk melihat semuanya dan mengirimnya.
> tugas
< 📌 Teks syarat layanan … Batas: Rabu, 16 Desember 2026 Status: ditugaskan   [Kirim tugas] [Lihat rubrik] [Tutup]
> Lihat rubrik
< Cara tugas “Teks syarat layanan” dinilai: … Lulus mulai 66 dari 100; tingkat 3 di semua kriteria berarti lulus.   [Kirim tugas] [Lihat rubrik] [Tutup]
> Kirim tugas
< Tugas “Teks syarat layanan”. Mohon kirim teks, foto, dokumen, satu per satu; bila sudah lengkap, tekan Kirim. Mohon tanpa nama atau nomor warga.   [Batal]
> Syarat surat pindah: KK dan KTP. Tanya ke 0812 3456 7890.
< …
< Yang sudah terkumpul: “Syarat surat pindah: KK dan KTP. Tanya ke [No. HP disamarkan].” Boleh ditambah lagi, atau tekan Kirim.   [Kirim] [Kosongkan] [Batal]
> @voice
< Tugas ini meminta teks, foto, dokumen.
> @photo
< Yang sudah terkumpul: “Syarat surat pindah: KK dan KTP. Tanya ke [No. HP disamarkan].” 📎 1 berkas Boleh ditambah lagi, atau tekan Kirim.   [Kirim] [Kosongkan] [Batal]
> Kirim
< Belum ada: dokumen. Tetap dikirim?   [Tetap kirim] [Tambah dahulu]
> Tambah dahulu
< Yang sudah terkumpul: … 📎 1 berkas Boleh ditambah lagi, atau tekan Kirim.   [Kirim] [Kosongkan] [Batal]
> @file
< Yang sudah terkumpul: … 📎 2 berkas Boleh ditambah lagi, atau tekan Kirim.   [Kirim] [Kosongkan] [Batal]
> Kirim
< ✅ Tugas Bapak/Ibu sudah kami terima (2 berkas). Kami memberi kabar setelah dinilai.
< Apa yang ingin Bapak/Ibu lakukan? …   [Aspirasi warga] [Survei Kepuasan…]
@ happens the_files_are_here
> TUGAS
< 📌 Teks syarat layanan … Status: dikumpulkan Dikirim Kamis, 10 Desember 2026 (kiriman ke-1)   [Lihat rubrik] [Tutup]
> Tutup
< Baik.
< Apa yang ingin Bapak/Ibu lakukan? …   [Aspirasi warga] [Survei Kepuasan…]
