"""References as people print them: the styles that PubMed, journals and doi.org offer to be copied.

National Library of Medicine, AMA and Vancouver: “Names. Title. Journal. 2006 Aug;63(8):856-64. doi: … PMID: …”
APA: “Names (2006). Title. Journal, 63(8), 856–864. https://doi.org/…”
MLA: “Names. “Title.” Journal vol. 63,8 (2006): 856-64. doi: …”
"""

import re

from monographs.references.names import name_from_text, name_of
from monographs.references.record import DOI, Record, address_in, clean, doi_in, volume_of, year_in

MOST_CHARACTERS = 5_000
NUMBERED = re.compile(r"^\s*(?:\[\d{1,3}\]|\(?\d{1,3}[.)])\s+")
PMID = re.compile(r"\b(?:PMID:?\s*|https?://(?:www\.)?pubmed\.ncbi\.nlm\.nih\.gov/)(\d{1,9})/?", re.IGNORECASE)
PMCID = re.compile(r"\bPMCID:?\s*(PMC\d{1,9})|https?://pmc\.ncbi\.nlm\.nih\.gov/articles/(PMC\d{1,9})/?", re.IGNORECASE)
DOI_MARK = re.compile(r"(?:\bdoi:?\s*)?(?:https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/[^\s<>\"]+", re.IGNORECASE)
ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
REMARKS = re.compile(
    r"\bEpub [^.;]{3,40}[.;]|\bAvailable (?:from|at):?\s*$|\bRetrieved [^.]{3,60}from\s*$|\[[Ii]nternet\]"
)

VOLUME = r"(?P<volume>[A-Za-z]{0,6}\s?\d[\w.-]{0,12}(?: Suppl\.?(?: \w{1,4})?)?)?\s?(?:\((?P<issue>[^()]{1,40})\))?"
PAGES = r"(?P<pages>[A-Za-z]{0,3}\d[\w.]{0,12}(?:\s?[-–—]\s?[A-Za-z]{0,3}\d[\w.]{0,12})?(?:, [\d–-]{1,15}){0,3})"
VANCOUVER = re.compile(rf"(?<!\d)(?P<year>1[5-9]\d\d|2[01]\d\d)(?: [A-Z][\w. /-]{{1,25}})?;\s?{VOLUME}(?::\s?{PAGES})?")
APA = re.compile(r"\(((?:1[5-9]|2[01])\d\d)[a-z]?(?:, [^()]{1,30})?\)\.?\s")
APA_SOURCE = re.compile(rf",\s{VOLUME}(?:,\s(?:Article\s)?{PAGES})?\s*\.?\s*$")
APA_NAME = re.compile(
    r"(?P<family>[^,&]{1,80}), (?P<given>(?:[^\W\d_]\.[ -]{0,2}){1,5})(?:, (?P<suffix>Jr|Sr|II|III|IV)\b)?"
)
MLA = re.compile(
    r"^(?P<names>.{1,400}?)\.? [“\"](?P<title>.{1,1000}?)[.?!]?[”\"] (?P<source>[^()]{1,250}?)"
    r"(?:,? vol\. ?(?P<volume>\w{1,10}))?(?:,(?: no\.)? ?(?P<issue>[\w-]{1,10}))?[, ]*"
    r"\((?:[^()]{0,20} )?(?P<year>\d{4})\)(?:: (?P<pages>[\w.–-]{1,30}))?"
)


def citations_in(text):
    """Return the citations that a text holds: one in each paragraph, or on each line where every line is one."""
    found = []
    for paragraph in re.split(r"\n[ \t\r]*\n", text):
        lines = [line.strip() for line in paragraph.splitlines() if line.strip()]
        each_is_one = all(NUMBERED.match(line) for line in lines) or all(_is_whole(line) for line in lines)
        found += lines if each_is_one else [" ".join(lines)] if lines else []
    return found


def _is_whole(line):
    """Whether a line has what a citation ends with."""
    return bool((DOI.search(line) or PMID.search(line) or VANCOUVER.search(line)) and len(line) > 40)


def read_citation(text):
    """Return the Record of one citation, with what could be told apart, or None for a text that is no citation."""
    text = NUMBERED.sub("", clean(text[:MOST_CHARACTERS]))
    pmid, pmcid = PMID.search(text), PMCID.search(text)
    rest = PMCID.sub(" ", PMID.sub(" ", text))
    doi = doi_in(rest)
    rest = DOI_MARK.sub(" ", rest)
    address = ADDRESS.search(rest)
    rest = REMARKS.sub(" ", ADDRESS.sub(" ", rest))
    rest = " ".join(rest.split()).rstrip(" .,;:")
    url = address_in(address[0].rstrip(".,;)")) if address else ""
    if pmcid and not url:
        url = f"https://pmc.ncbi.nlm.nih.gov/articles/{(pmcid[1] or pmcid[2]).upper()}"
    known = {"doi": doi, "pmid": pmid[1] if pmid else "", "url": url, "named": " ".join(text.split()[:8])}
    for read in (_read_mla, _read_vancouver, _read_apa):
        if parts := read(rest):
            return Record(**parts, **known)
    if doi or pmid:
        return Record(year=year_in(rest), **known)
    return None


def _read_mla(text):
    if not (match := MLA.search(text)):
        return None
    names = match["names"]
    is_cut = names.endswith(("et al", "et al."))
    names = re.sub(r",? et al\.?$", "", names)
    first, *others = re.split(r",? and ", names)
    return {
        "authors": [name_from_text(first), *(_western(name) for name in others), *(["et al."] if is_cut else [])],
        "year": year_in(match["year"]),
        "title": match["title"],
        "source": match["source"],
        "volume": volume_of(match["volume"] or "", match["issue"] or "", match["pages"] or ""),
    }


def _western(name):
    """Return the name of “Husseini K. Manji”."""
    given, _space, family = name.strip().rpartition(" ")
    return name_of(family, given)


def _read_vancouver(text):
    if not (match := VANCOUVER.search(text)):
        return None
    names, dot, rest = text[: match.start()].partition(". ")
    if not dot:
        return None
    sentences = re.split(r"(?<=[.?!])\s+", rest.strip())
    source = sentences.pop() if len(sentences) > 1 else ""
    # The short names of some journals have full stops in them: “Br. J. Pharmacol.”
    while len(sentences) > 1 and re.fullmatch(r"[A-Z]\w{0,9}\.", sentences[-1]):
        source = f"{sentences.pop()} {source}"
    return {
        "authors": [name.strip() for name in names.split(",")],
        "year": int(match["year"]),
        "title": " ".join(sentences),
        "source": source,
        "volume": volume_of(match["volume"] or "", match["issue"] or "", match["pages"] or ""),
    }


def _read_apa(text):
    if not (match := APA.search(text)):
        return None
    names, rest = text[: match.start()], text[match.end() :].strip()
    volume = APA_SOURCE.search(rest)
    before = rest[: volume.start()] if volume else rest.rstrip(". ")
    title, source = _title_and_source(before)
    return {
        "authors": _apa_names(names),
        "year": int(match[1]),
        "title": title,
        "source": source,
        "volume": volume_of(*(volume[part] or "" for part in ("volume", "issue", "pages"))) if volume else "",
    }


def _title_and_source(text):
    """Divide “Title. Journal” at the last end of a sentence."""
    ends = list(re.finditer(r"[.?!]\s+", text))
    return (text[: ends[-1].start() + 1], text[ends[-1].end() :]) if ends else (text, "")


def _apa_names(text):
    """Return the names of “Zarate, C. A., Jr, Singh, J. B., & Manji, H. K.”, or the one of an organisation."""
    names = [
        name_of(match["family"].strip(" .…"), match["given"], match["suffix"] or "")
        for match in APA_NAME.finditer(text)
    ]
    return names or [text.strip(" .,")]
