"""From which chance on two tasks are linked, and down to which it is doubtful whether they should be.

Nothing is imported here, so that a question that needs no text is answered without what reads texts.
"""

# A link is proposed from this chance on: where many are doubtful, half of what lies just below one half is right.
LINKED = 0.36
# From this chance on, of a link or of all on the way together, an answer says that a task is taken up; what is linked with
# less is told as doubtful, with the link. Of the open annotated pairs 54 of 100 links between 0.4 and 0.6 are right, 92 of
# 100 above.
STATED = 0.6
# Where neither title nor citation says that the two have to do with each other, it must be far likelier than not.
LINKED_STRANGERS = 0.8
# A safeguard or a row in place of a measure must be as likely as not: fewer of them are meant so.
BESIDE = 0.5
# A row of a list, or a safeguard, is a counterpart beside a measure where its chance is so much higher: a row that only
# says the same again itemises the measure, and is shown with it.
AHEAD = 0.15
# Below a link and down to this chance it is doubtful whether a task is taken up; down to the other one where so much of
# its words stands anywhere in the lower document, by weight and by the share of that document's tasks that have a
# counterpart. Of 108 statements "not taken up" over all open annotated pairs 104 are true by reading, of 55 without those of
# the invented sample 51.
DOUBTFUL = 0.1
DOUBTFUL_SCATTERED = 0.02
SCATTERED = 0.12
# Titles that share so much of what they are about name one subject.
ONE_SUBJECT = 0.4
# From this share of its parts on a task counts as carried in full: what is left is told in other words, or trimming.
WHOLE = 0.6
