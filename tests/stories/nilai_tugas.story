# A superior assesses what one of their people handed in.
# Who is on the roster decides, whatever they said they write as.
@ now 2026-12-03T09:00
> /start
< Selamat pagi. …   [ASN] [Warga] [Organisasi] [Bantuan]
> Warga
< Apa yang ingin Bapak/Ibu lakukan? …   [Aspirasi warga] [Survei Kepuasan…]
@ happens a_task_to_assess
> TUGAS
< Menunggu penilaian Bapak/Ibu: 1   [Nilai tugas] [Tutup]
> Nilai tugas
< Tugas “Teks syarat layanan”, oleh Maria Tefa, dikirim Kamis, 3 Desember 2026 (kiriman ke-1). Ini teks syarat surat pindah.
< 1 dari 4: Kesesuaian dengan instruksi (30%) 1 = kurang dari 50% bagian ada 2 = 50–79% bagian ada 3 = lengkap 4 = lengkap dan melampaui   [1] [2] [3] [4] [Batal]
> 3
< 2 dari 4: Ketepatan teknis/aturan (30%) …   [1] [2] [3] [4] [Kembali] [Batal]
> tiga
< 2 dari 4: Ketepatan teknis/aturan (30%) …   [1] [2] [3] [4] [Kembali] [Batal]
> 3
< 3 dari 4: Kemanfaatan bagi layanan (20%) …   [1] [2] [3] [4] [Kembali] [Batal]
> 3
< 4 dari 4: Ketepatan waktu dan kerapian (20%) …   [1] [2] [3] [4] [Kembali] [Batal]
> 3
< Tulis catatan untuk peserta: apa yang baik, apa langkah berikutnya. Atau tekan Lewati.   [Lewati] [Kembali] [Batal]
> Jelas dan ringkas.
< Nilai 66,67 dari 100: lulus.   [Simpan] [Minta revisi] [Kembali] [Batal]
> Simpan
< ✅ Tersimpan. Masih menunggu Bapak/Ibu: 0.
< Apa yang ingin Bapak/Ibu lakukan? …   [Aspirasi warga] [Survei Kepuasan…]
> TUGAS
< Saat ini belum ada tugas untuk Bapak/Ibu.
