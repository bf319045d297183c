"""A small treebank of our own."""

CONLLU = """# newdoc id = one
# newpar
# sent_id = 1
# text = "Don't go," Ana said.
1\t"\t"\tPUNCT\t``\t_\t3\tpunct\t_\tSpaceAfter=No
2-3\tDon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tDo\tdo\tAUX\tVB\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
5\t,\t,\tPUNCT\t,\t_\t4\tpunct\t_\tSpaceAfter=No
6\t"\t"\tPUNCT\t''\t_\t4\tpunct\t_\t_
7\tAna\tAna\tPROPN\tNNP\t_\t8\tnsubj\t_\t_
8\tsaid\tsay\tVERB\tVBD\t_\t4\tparataxis\t_\t_
8.1\tthis\tthis\tPRON\tDT\t_\t_\t_\t_\t_
9\tloudly\tloudly\tADV\tRB\t_\t8\tadvmod\t_\tSpaceAfter=No
10\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# sent_id = 2
# text = The river rose - slowly - in October 1920 near Lake Marsh.
1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\t_
2\triver\triver\tNOUN\tNN\t_\t3\tnsubj\t_\t_
3\trose\trise\tVERB\tVBD\t_\t0\troot\t_\t_
4\t-\t-\tPUNCT\t,\t_\t5\tpunct\t_\t_
5\tslowly\tslowly\tADV\tRB\t_\t3\tadvmod\t_\t_
6\t-\t-\tPUNCT\t,\t_\t5\tpunct\t_\t_
7\tin\tin\tADP\tIN\t_\t8\tcase\t_\t_
8\tOctober\tOctober\tPROPN\tNNP\t_\t3\tobl\t_\t_
9\t1920\t1920\tNUM\tCD\t_\t8\tnummod\t_\t_
10\tnear\tnear\tADP\tIN\t_\t12\tcase\t_\t_
11\tLake\tLake\tPROPN\tNNP\t_\t12\tcompound\t_\t_
12\tMarsh\tMarsh\tPROPN\tNNP\t_\t3\tobl\t_\tSpaceAfter=No
13\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_

# newpar
# sent_id = 3
# text = Nobody came.
1\tNobody\tnobody\tPRON\tNN\t_\t2\tnsubj\t_\t_
2\tcame\tcome\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

# newdoc id = two
# newpar
# sent_id = 4
# text = It was late.
1\tIt\tit\tPRON\tPRP\t_\t3\tnsubj\t_\t_
2\twas\tbe\tAUX\tVBD\t_\t3\tcop\t_\t_
3\tlate\tlate\tADJ\tJJ\t_\t0\troot\t_\tSpaceAfter=No
4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_
"""

FILES = (
    "ud-ewt/en_ewt-ud-train.conllu",
    "ud-ewt/en_ewt-ud-dev.conllu",
    "ud-ewt/en_ewt-ud-test.conllu",
    "ud-gum/en_gum_ccby-train.conllu",
    "ud-gum/en_gum_ccby-dev.conllu",
)


def write_data(folder):
    """Write the sample as every file that training and scoring read."""
    for name in FILES:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(CONLLU, encoding="utf-8")
    return folder
