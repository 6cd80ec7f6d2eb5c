# The language is chosen in the conversation, and the survey goes on in it.
@ survey uji.md
> /start uji
< Pertanyaan 1 dari 7
  Loket mana yang terakhir dipakai?   [Pelayanan umum] [Kependudukan]
> /bahasa
< Bahasa / Language?   [Bahasa Indonesia] [English]
> English
< All right, we go on in English.
< Question 1 of 7
  Which counter did you use last?   [General services] [Population records]
> record of populations
< Do you mean “Population records”?   [Yes] [No]
> yes
< Question 2 of 7
  Which services have you used?
  …   [Identity card] [Family card] [Letter] [Back]
