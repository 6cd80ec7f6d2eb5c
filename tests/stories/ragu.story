# A near miss is asked back, and never taken silently.
@ survey uji.md
> /start uji
< Pertanyaan 1 dari 7 …   [Pelayanan umum] [Kependudukan]
> kependudukn
< Maksud Bapak/Ibu “Kependudukan”?   [Ya] [Tidak]
> Tidak
< …
  Pertanyaan 1 dari 7 …   [Pelayanan umum] [Kependudukan]
> kependudukn
< Maksud Bapak/Ibu “Kependudukan”?   [Ya] [Tidak]
> iyo
< Pertanyaan 2 dari 7 …   [KTP] [Kartu keluarga] [Surat keterangan] [Kembali]
