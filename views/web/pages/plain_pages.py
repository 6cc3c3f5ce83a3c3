"""Pages that are one list: what was not understood, and the keys of the explorer."""

from queries.answer import Answer, Note
from queries.run import run
from views.web.page_records import Asked, Page

_MOST = 1_000
"""So many places stand on the page; there may be far more, and each kind and document has a page of its own."""


def issues_page(asked: Asked) -> Page:
    """Return what was not understood, all of it, that of one document or of one kind."""
    document, code = asked.get("of"), asked.get("code")
    answer = run("issues", asked.store, document=document, code=code)
    table = Answer(name=answer.name, columns=answer.columns, rows=answer.rows[:_MOST])
    more = Note(code="more", values={"shown": _MOST, "all": len(answer)})
    facts = {"code": code, "all": len(answer)}
    notes = (more,) if len(answer) > _MOST else ()
    return Page(title=asked.words("issues.title"), subtitle=document or "", tables=(table,), facts=facts, notes=notes)


def keys_page(asked: Asked) -> Page:
    """Return the page that tells the keys."""
    return Page(title=asked.words("keys.title"))
