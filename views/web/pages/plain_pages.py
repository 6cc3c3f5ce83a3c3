"""Pages that are one list: what was not understood, and the keys of the explorer."""

from queries.run import run
from views.web.page_records import Asked, Page


def issues_page(asked: Asked) -> Page:
    """Return what was not understood, all of it, that of one document or of one kind."""
    document, code = asked.get("of"), asked.get("code")
    answer = run("issues", asked.store, document=document, code=code)
    return Page(title=asked.words("issues.title"), subtitle=document or "", tables=(answer,), facts={"code": code})


def keys_page(asked: Asked) -> Page:
    """Return the page that tells the keys."""
    return Page(title=asked.words("keys.title"))
