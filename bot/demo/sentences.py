"""What the invented people of the demonstration write, and which choices they tend to. Nobody real said any of it.

Rule of the file: data alone. ``{layanan}`` is the service they chose; weights are relative, 1 where none stands.
"""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, tuple[str, ...]] = {
    "cerita": (
        "Petugas sudah ramah, tetapi penjelasan syarat {layanan} berbeda antara hari pertama dan hari kedua.",
        "Saya harus kembali tiga kali untuk {layanan} karena syaratnya tidak ditulis di papan.",
        "Mohon petugas loket dilatih memakai aplikasi, antrean {layanan} sering berhenti saat aplikasi macet.",
        "Pelayanan {layanan} cepat, terima kasih. Harapan saya jam pelayanan ditulis jelas.",
        "Orang tua saya kesulitan mengerti penjelasan soal {layanan}. Tolong pakai bahasa yang sederhana.",
        "Nomor antrean {layanan} tidak dipanggil berurutan, yang kenal petugas lebih dulu dilayani.",
        "Waktu kami mengeluh tentang {layanan}, belum ada yang mencatat dan memberi kabar.",
        "Petugas sabar menjelaskan {layanan} kepada mama yang tidak bisa membaca. Pertahankan.",
        "Formulir {layanan} harus difotokopi di luar, ongkosnya lumayan. Semoga bisa diisi di tempat.",
        "Untuk {layanan} kami diminta datang lagi besok, padahal rumah kami jauh dan ongkos ojek mahal.",
        "Tolong ada petugas yang bisa bahasa isyarat, adik saya tuli dan kesulitan mengurus {layanan}.",
        "Informasi {layanan} lewat grup RT sangat membantu, mohon diteruskan.",
        "Petugas baru belum hafal alur {layanan}. Baik sekali bila ada pelatihan sebelum bertugas di loket.",
        "Kami tidak tahu harus mengadu ke mana ketika {layanan} terlambat.",
    ),
    "cerita_tertulis": (
        "Saya menemani nenek mengurus surat, petugasnya menjelaskan dengan pelan dan baik.",
        "Waktu mengurus kartu pelajar kami menunggu lama sekali, mohon dipercepat.",
        "Semoga petugas posyandu punya timbangan yang baru dan bisa memakainya.",
        "Tolong petugas tersenyum, teman-teman saya takut bertanya.",
    ),
    "tugas_sulit": (
        "Menyusun laporan bulanan dari data yang tersebar di beberapa berkas Excel.",
        "Menjelaskan syarat layanan kepada warga yang datang tanpa berkas.",
        "Membuat naskah dinas sesuai tata naskah yang baru.",
        "Memakai aplikasi SRIKANDI untuk surat keluar.",
        "Memutakhirkan data kependudukan bersama RT.",
        "Menghitung dan menyusun rencana kebutuhan anggaran kegiatan.",
        "Menghadapi warga yang marah di loket.",
        "Mengolah hasil survei menjadi bahan rapat.",
        "Mendampingi kelompok usaha warga menyusun pembukuan sederhana.",
        "Memimpin rapat dan menulis notulen yang ringkas.",
    ),
    "usul": (
        "Pelatihan diadakan di kantor camat setengah hari, supaya pelayanan tetap berjalan.",
        "Buat jadwal pelatihan setahun dan umumkan sejak Januari.",
        "Pegawai yang sudah dilatih diminta membagikan ilmunya kepada rekan di kelurahan.",
        "Perbanyak praktik, kurangi ceramah.",
        "Sediakan modul singkat yang bisa dibaca di ponsel.",
        "Pemetaan kebutuhan dilakukan tiap tahun, bukan hanya saat ada anggaran.",
        "Libatkan staf non-ASN yang melayani warga setiap hari.",
        "Mohon ada pendampingan setelah pelatihan.",
    ),
    "bidang_mengajar": (
        "Pengolahan data dengan Excel",
        "Naskah dinas",
        "Pelayanan prima di loket",
        "Administrasi kependudukan",
        "Posyandu dan gizi balita",
        "Komunikasi dengan warga",
    ),
    "perbaikan": (
        "Waktunya terlalu singkat, praktiknya perlu ditambah. Contoh kasusnya sudah bagus.",
        "Ruangan panas dan jaringan lambat. Pengajarnya perlu dipertahankan.",
        "Materi dibagikan sebelum hari pelatihan. Diskusi kelompok dipertahankan.",
        "Mohon contoh dari kelurahan sendiri. Cara mengajarnya menyenangkan.",
        "Konsumsi cukup, jadwal mohon tidak berbenturan dengan jam pelayanan.",
        "Perlu latihan di aplikasi yang sebenarnya. Modulnya jelas.",
    ),
}
OTHERWISE = ("Pelayanan di loket perlu diperhatikan.", "Kami perlu pendampingan setelah pelatihan.", "Sudah baik.")

WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "persetujuan": {"anonim": 50, "kontak": 46, "batal": 4},
    "usia": {"ya": 96, "belum": 4, "u17": 2, "u18_25": 18, "u26_35": 26, "u36_45": 24, "u46_55": 18, "u56": 12},
    "kabari": {"ya": 80, "tidak": 20},
    "layanan": {
        "kependudukan": 30, "surat_kelurahan": 26, "bansos": 16, "kesehatan": 14, "pendidikan": 6, "perizinan": 5,
        "kebersihan": 8,
    },
    "keterampilan": {
        "jelas": 30, "ramah": 22, "cepat": 24, "aturan": 14, "komputer": 12, "keluhan": 12, "adil": 9, "jujur": 6,
        "bahasa": 4, "lain": 0,
    },
    "jenis_kelamin": {"laki_laki": 47, "perempuan": 51, "rahasia": 2},
    "pendidikan": {"sd": 14, "smp": 14, "sma": 42, "diploma": 8, "s1": 20, "s2": 2},
    "pekerjaan": {
        "asn": 7, "tni": 1, "polri": 1, "swasta": 18, "wirausaha": 22, "tani_nelayan": 14, "pelajar": 10,
        "rumah_tangga": 22, "lainnya": 5,
    },
    "kelompok_unit": {"camat": 24, "lurah": 40, "puskesmas": 16, "sekolah": 16, "lainnya": 2},
    "kind": {"PNS": 62, "CPNS": 4, "PPPK": 20, "PPPK_PARUH_WAKTU": 8, "NON_ASN": 6},
    "jabatan": {"administrator": 2, "pengawas": 20, "fungsional": 30, "pelaksana": 48},
    "masa_kerja": {"kurang_1": 6, "1_3": 18, "4_10": 34, "lebih_10": 42},
    "layanan_langsung": {"setiap_hari": 54, "kadang": 30, "tidak": 16},
    "jp": {"jp_0": 34, "jp_1_9": 30, "jp_10_19": 18, "jp_20": 10, "tidak_tahu": 8},
    "hambatan": {"tidak_ada": 0.4, "lain": 0},
    "bentuk": {"lain": 0},
    "siap_mengajar": {"ya": 28, "tidak": 40},
    "kirim_atasan": {"ya": 58, "tidak": 42},
    "ya_tidak": {"ya": 60, "tidak": 40},
}  # fmt: skip

ALONE = frozenset({"tidak_perlu", "tidak_ada"})
"""Choices that exclude every other."""

CENTRES: Mapping[str, float] = {
    "persyaratan": 0.76, "prosedur": 0.70, "waktu": 0.60, "biaya": 0.88, "produk": 0.74, "kompetensi": 0.74,
    "perilaku": 0.80, "sarpras": 0.62, "pengaduan": 0.64,
    "materi_kebutuhan": 0.82, "tujuan_jelas": 0.84, "materi_dipahami": 0.78, "contoh_dekat": 0.70,
    "pengajar_menguasai": 0.86, "pengajar_bertanya": 0.84, "metode_aktif": 0.76, "waktu_cukup": 0.56,
    "sarana_memadai": 0.62, "jaringan_mendukung": 0.46, "yakin_menerapkan": 0.74, "nps": 0.82,
    "integritas": 0.44, "kerjasama": 0.42, "komunikasi": 0.34, "orientasi_hasil": 0.36, "pelayanan_publik": 0.34,
    "pengembangan_diri": 0.28, "mengelola_perubahan": 0.28, "pengambilan_keputusan": 0.26, "perekat_bangsa": 0.46,
    "tek_digital": 0.26, "tek_naskah": 0.34, "tek_data": 0.22, "tek_layanan": 0.40, "penting": 0.80,
}  # fmt: skip
"""Where on a scale the middle of the answers lies, 0 the lowest and 1 the highest."""
CENTRE = 0.55
SCALES_OF_SKILL = ("integritas", "kerjasama", "komunikasi", "orientasi", "pelayanan", "pengembangan", "mengelola",
                   "pengambilan", "perekat", "tek_")  # fmt: skip
"""Names that begin so ask what somebody can do, the others how they find something."""
