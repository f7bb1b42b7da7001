"""Running text as officers write it: a small part of Markdown, which can reach no file or address.

`problems` tells the author, in the form, what the text holds that cannot be printed. `to_html` is
the second wall: whatever is stored, what comes out holds no address, no code and no attribute but
those named here.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile

import nh3
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from partnerships.pdf.characters import printable, unprintable_characters

NBSP = "\u00a0"
GROUPED_DIGITS = re.compile(r"(?<![\d\u00a0])\d{1,3}(?: \d{3})+(?!\d)")
NUMBER_AND_UNIT = re.compile(r"(?<=\d) (?=%|(?:kr|tkr|mnkr)\b)")

LINK_SCHEMES = frozenset({"https", "mailto"})
DEEPEST_NESTING = 16  # eight lists inside each other
LOWEST_HEADING = 6
SNIPPETS, SNIPPET_LENGTH = 3, 60

TAGS = frozenset(
    {"p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "hr", "h2", "h3", "h4", "h5", "h6"}
    | {"table", "thead", "tbody", "tr", "th", "td"}
)
ATTRIBUTES = {"th": {"scope"}, "ol": {"start"}}
CLASSES = {"th": {"number"}, "td": {"number"}}
CODE_TOKENS = frozenset({"html_block", "html_inline"})
CODE_TAGS = {"script", "style"}
OPENED_CODE = re.compile(r"<(script|style)\b", re.IGNORECASE)

Tokens = list[Token]


def to_html(text: str, *, top_heading: int = 3) -> SafeString:
    """The text as HTML for page and print. Its first heading becomes one of level `top_heading`."""
    tokens = _parse(text)
    for token in tokens:
        _fit_block(token)
    _fit_headings(tokens, top_heading)
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return cleaned(html)


def cleaned(html: str) -> SafeString:
    """HTML with nothing but what running text may hold; what `to_html` gave stays as it is."""
    return mark_safe(_clean(html))  # noqa: S308 - nh3 let through only what is named above


def problems(text: str) -> list[str]:
    """What the text holds that cannot be printed: one sentence for each kind, saying what to do."""
    tokens = _parse(text)
    inline = list(_inline(tokens))
    found = [
        _html_problem(tokens, inline),
        _image_problem(inline),
        _link_problem(inline),
        _nesting_problem(tokens),
        _character_problem(text),
    ]
    return [sentence for sentence in found if sentence]


def keep_together(text: str) -> str:
    """The text with no-break spaces inside numbers and before their unit: `27 000 kr`, `20 %`."""
    text = GROUPED_DIGITS.sub(lambda match: match[0].replace(" ", NBSP), text)
    return NUMBER_AND_UNIT.sub(NBSP, text)


def _parser() -> MarkdownIt:
    """CommonMark without code, reference links and underlined headings, with simple tables.

    Every address is parsed, also one that is refused, so that `problems` can name it.
    """
    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable("table")
    parser.disable(["code", "fence", "backticks", "reference", "lheading"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


_MARKDOWN = _parser()


def _parse(text: str) -> Tokens:
    return _MARKDOWN.parse(printable(text))


def _inline(tokens: Tokens) -> Iterator[Token]:
    for token in tokens:
        yield from token.children or ()


# What the author should change


def _html_problem(tokens: Tokens, inline: Tokens) -> str:
    code = [token.content.strip() for token in (*tokens, *inline) if token.type in CODE_TOKENS]
    if not code:
        return ""
    return _(
        "The text holds %(code)s, which is read as code and not printed. Write it without < and >."
    ) % {"code": _listed(snippet.split("\n")[0] for snippet in code)}


def _image_problem(inline: Tokens) -> str:
    if not any(token.type == "image" for token in inline):
        return ""
    return _(
        "The text holds a picture, which is not printed. Add the picture as a file and name it in the text."
    )


def _link_problem(inline: Tokens) -> str:
    addresses = [_address(token) for token in inline if token.type == "link_open"]
    refused = [address for address in addresses if _scheme(address) not in LINK_SCHEMES]
    if not refused:
        return ""
    return _(
        "The text links to %(addresses)s, which is not printed. "
        "Use an address that begins with https:// or mailto:, or remove the link."
    ) % {"addresses": _listed(address or "[ ]( )" for address in refused)}


def _nesting_problem(tokens: Tokens) -> str:
    if all(token.level <= DEEPEST_NESTING for token in tokens):
        return ""
    return _("Lists or quotations lie too deep inside each other. Use at most four levels.")


def _character_problem(text: str) -> str:
    characters = unprintable_characters(text)
    if not characters:
        return ""
    return _("No font of the documents has %(characters)s. Write it in another way.") % {
        "characters": _listed(characters)
    }


def _listed(snippets: Iterable[str]) -> str:
    """The first few, each once and shortened."""
    distinct = list(dict.fromkeys(Truncator(snippet).chars(SNIPPET_LENGTH) for snippet in snippets))
    return ", ".join(distinct[:SNIPPETS]) + (" …" if len(distinct) > SNIPPETS else "")


# Fitting the text to the page


def _fit_block(token: Token) -> None:
    match token.type:
        case "html_block":
            words = nh3.clean(token.content, tags=set(), clean_content_tags=CODE_TAGS)
            token.content = f"<p>{words.strip()}</p>\n" if words.strip() else ""
        case "th_open" | "td_open":
            token.attrs = _cell_attributes(token)
        case "inline":
            token.children = list(_printed(token.children or []))


def _cell_attributes(token: Token) -> dict[str, str | int | float]:
    attributes: dict[str, str | int | float] = {"scope": "col"} if token.type == "th_open" else {}
    if "right" in str(token.attrGet("style")):
        attributes["class"] = "number"
    return attributes


def _printed(children: Tokens) -> Iterator[Token]:
    """The inline text without code and pictures, and with addresses written out."""
    code, address = "", ""
    for i, token in enumerate(children):
        if token.type == "html_inline":
            code = _code_after(token.content, code)
        elif token.type == "link_open":
            address = _address_to_print(token, children[i + 1 :])
        elif not code:
            yield _printed_token(token, address)


def _printed_token(token: Token, address: str) -> Token:
    match token.type:
        case "link_close":
            return _text(address)
        case "image":
            return _text(_plain(token.children or []))
        case "text":
            return _text(keep_together(token.content))
        case _:
            return token


def _code_after(tag: str, code: str) -> str:
    """The code element that the text is inside after this tag: `script`, `style` or none."""
    if opened := OPENED_CODE.match(tag):
        return opened[1].lower()
    return "" if tag.lower().startswith(f"</{code}") else code


def _address_to_print(link: Token, following: Tokens) -> str:
    """The address in parentheses; nothing when it is refused, or is what the link says already."""
    address = _address(link)
    if _scheme(address) not in LINK_SCHEMES:
        return ""
    readable = _MARKDOWN.normalizeLinkText(address).removeprefix("mailto:")
    said = _plain(list(takewhile(lambda token: token.type != "link_close", following)))
    return "" if readable == said else f" ({readable})"


def _address(link: Token) -> str:
    return str(link.attrGet("href"))


def _scheme(address: str) -> str:
    scheme, colon, _rest = address.partition(":")
    return scheme.lower() if colon else ""


def _plain(tokens: Tokens) -> str:
    return "".join(_plain(token.children) if token.children else token.content for token in tokens)


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _fit_headings(tokens: Tokens, top: int) -> None:
    """Begin at `top` and skip no level, so that a reader can walk the headings like a tree."""
    outer: list[int] = []
    for opening, content, closing in _headings(tokens):
        if not _plain(content.children or []).strip():
            opening.hidden = closing.hidden = True
            continue
        level = int(opening.tag[1])
        while outer and outer[-1] >= level:
            outer.pop()
        outer.append(level)
        opening.tag = closing.tag = f"h{min(top + len(outer) - 1, LOWEST_HEADING)}"


def _headings(tokens: Tokens) -> Iterator[Tokens]:
    for i, token in enumerate(tokens):
        if token.type == "heading_open":
            yield tokens[i : i + 3]


def _clean(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        clean_content_tags=CODE_TAGS,
        url_schemes=set(),
        link_rel=None,
    )
