"""What a user would use instead, one tool a process: others.py TOOL FILE COLUMN TERMS.

Each looks for the English terms in one column and prints how many lines it looked at and how
many hold a term. None normalises, judges, or reads a manifest that isn't clean CSV in UTF-8.
"""

import csv
import itertools
import sys

#: rapidfuzz compares each line with each term; on more lines it would run for hours.
FUZZY_LINES = 1000


def terms_of(path):
    with open(path, encoding="utf-8") as lines:
        return [line.strip() for line in lines if line.strip()]


def cells(path, column):
    with open(path, encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        place = next(rows).index(column)
        for row in rows:
            if len(row) > place:
                yield row[place]


def polars(path, column, terms):
    import polars

    goods = polars.scan_csv(path, infer_schema=False, truncate_ragged_lines=True).select(
        polars.col(column).fill_null("").str.contains_any(terms, ascii_case_insensitive=True)
    )
    found = goods.collect()[column]
    return len(found), found.sum()


def pyahocorasick(path, column, terms):
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for term in terms:
        automaton.add_word(term, term)
    automaton.make_automaton()
    lines = found = 0
    for cell in cells(path, column):
        lines += 1
        found += next(automaton.iter(cell.lower()), None) is not None
    return lines, found


def rapidfuzz(path, column, terms):
    from rapidfuzz import fuzz, process

    lines = found = 0
    for cell in itertools.islice(cells(path, column), FUZZY_LINES):
        lines += 1
        best = process.extractOne(
            cell.lower(), terms, scorer=fuzz.partial_ratio, score_cutoff=90
        )
        found += best is not None
    return lines, found


if __name__ == "__main__":
    tool, path, column, terms = sys.argv[1:]
    lines, found = globals()[tool](path, column, terms_of(terms))
    print(lines, found)
