"""Features of the web newer than Chromium 86, each with the version that brought it: none may be used without fallback.

Versions are those of Chrome on desktops as its release notes and the compatibility tables of MDN state them. 信创
browsers and those of offices are built on Chromium 86 and later (docs/accessibility.md).
"""

from typing import NamedTuple

FLOOR = 86
"""The oldest Chromium on which every page must look and work as meant."""


class Feature(NamedTuple):
    """A feature: its name, the Chromium that brought it, how its use is recognised, and an example.

    ``earlier``: an earlier declaration of the same property in the same rule is a fallback. In style sheets
    ``@supports`` with the feature in its condition always is one, in scripts a question whether ``asked`` is there.
    ``frame``: what must stand around the pattern.
    """

    name: str
    since: int
    pattern: str
    example: str
    earlier: bool = False
    asked: str = ""
    frame: str = "{}"

    @property
    def where(self) -> str:
        """Return the pattern with what stands around it."""
        return self.frame.replace("{}", self.pattern)


PROPERTY = "^{}"
NESTED = "^{}.*"


def _property(since: int, name: str, value: str = "1px") -> Feature:
    return Feature(name, since, rf"{name}\s*:", f"a {{ {name}: {value}; }}", frame=PROPERTY)


def _value(name: str, since: int, pattern: str, declaration: str) -> Feature:
    return Feature(name, since, rf"(?<![\w-]){pattern}", f"a {{ {declaration}; }}", earlier=True, frame=":.*{}")


def _selector(name: str, since: int, pattern: str, example: str) -> Feature:
    return Feature(name, since, pattern, f"{example} {{ color: red; }}", frame=r"^(?!@).*{}.*\{$")


def _at(name: str, since: int, pattern: str, example: str) -> Feature:
    return Feature(name, since, rf"^@{pattern}", example)


STYLES = (
    _selector(":is()", 88, r":is\(", ":is(h1, h2) a"),
    _selector(":where()", 88, r":where\(", ":where(h1) a"),
    _selector(":not() of a list", 88, r":not\([^()]*,", "a:not(.b, .c)"),
    _selector(":has()", 105, r":has\(", "li:has(a)"),
    _selector(":modal", 105, r":modal\b", "dialog:modal"),
    _selector(":autofill", 110, r"(?<!-):autofill\b", "input:autofill"),
    _selector(":nth-child() of", 111, r":nth-(?:last-)?child\([^)]*\bof\b", "li:nth-child(2 of .a)"),
    _selector(":popover-open", 114, r":popover-open\b", "div:popover-open"),
    _selector(":user-invalid", 119, r":user-(?:in)?valid\b", "input:user-invalid"),
    _selector(":dir()", 120, r":dir\(", "p:dir(rtl)"),
    _selector("::file-selector-button", 89, r"::file-selector-button\b", "input::file-selector-button"),
    _selector("::details-content", 131, r"::details-content\b", "details::details-content"),
    Feature("nesting", 112, r"&", "a { color: red; &:hover { color: blue; } }", frame=NESTED),
    Feature("nesting without &", 112, r"&", "ul { li { color: red; } }", frame=NESTED),
    Feature("nested @media", 112, r"&", "a { @media print { color: red; } }", frame=NESTED),
    _at("@layer", 99, "layer", "@layer base { a { color: red; } }"),
    _at("@container", 105, "container", "@container (min-width: 1px) { a { color: red; } }"),
    _at("@scope", 118, "scope", "@scope (main) { a { color: red; } }"),
    _at("@starting-style", 117, "starting-style", "@starting-style { a { color: red; } }"),
    _at("@counter-style", 91, "counter-style", "@counter-style x { symbols: a; }"),
    _at("@view-transition", 126, "view-transition", "@view-transition { navigation: auto; }"),
    _at("ranges in @media", 104, r"media[^{]*\([^)]*[<>]", "@media (width >= 40rem) { a { color: red; } }"),
    _at(
        "prefers-contrast", 96, r"media[^{]*\(prefers-contrast", "@media (prefers-contrast: more) { a { color: red; } }"
    ),
    _at("forced-colors", 89, r"media[^{]*\(forced-colors", "@media (forced-colors: active) { a { color: red; } }"),
    _at("scripting", 120, r"media[^{]*\(scripting", "@media (scripting: none) { a { color: red; } }"),
    _property(88, "aspect-ratio", "1"),
    Feature("inset", 87, r"inset(?:-(?:block|inline)(?:-(?:start|end))?)?\s*:", "a { inset: 0; }", frame=PROPERTY),
    Feature(
        "margin-inline", 87, r"(?:margin|padding)-(?:inline|block)\s*:", "a { margin-inline: 1px; }", frame=PROPERTY
    ),
    Feature(
        "border-inline",
        87,
        r"border-(?:inline|block)(?:-(?:color|style|width))?\s*:",
        "a { border-block: 0; }",
        frame=PROPERTY,
    ),
    _property(87, "text-underline-offset"),
    _property(89, "text-decoration-thickness"),
    _property(93, "accent-color", "red"),
    _property(94, "scrollbar-gutter", "stable"),
    Feature("scrollbar-color", 121, r"scrollbar-(?:color|width)\s*:", "a { scrollbar-width: thin; }", frame=PROPERTY),
    Feature("text-wrap", 114, r"text-wrap(?:-(?:mode|style))?\s*:", "a { text-wrap: balance; }", frame=PROPERTY),
    _property(114, "white-space-collapse", "preserve"),
    Feature("translate, rotate, scale", 104, r"(?:translate|rotate|scale)\s*:", "a { rotate: 3deg; }", frame=PROPERTY),
    Feature(
        "container-type", 105, r"container(?:-(?:type|name))?\s*:", "a { container-type: inline-size; }", frame=PROPERTY
    ),
    Feature("mask", 120, r"mask(?:-[a-z]+)*\s*:", "a { mask-image: none; }", frame=PROPERTY),
    Feature(
        "anchor positioning",
        125,
        r"(?:anchor-name|position-(?:anchor|area))\s*:",
        "a { anchor-name: --a; }",
        frame=PROPERTY,
    ),
    Feature(
        "animation-timeline", 115, r"^(?:animation|scroll|view)-timeline(?:-[a-z]+)?\s*:", "a { scroll-timeline: --a; }"
    ),
    _property(111, "view-transition-name", "x"),
    _property(123, "field-sizing", "content"),
    _property(133, "text-box", "trim-both"),
    _property(136, "print-color-adjust", "exact"),
    _value("oklch() and lab()", 111, r"(?:ok)?(?:lab|lch)\(", "color: oklch(.5 .1 20)"),
    _value("hwb()", 101, r"hwb\(", "color: hwb(0 0% 0%)"),
    _value("color()", 111, r"color\(", "color: color(display-p3 1 0 0)"),
    _value("color-mix()", 111, r"color-mix\(", "color: color-mix(in srgb, red, blue)"),
    _value("light-dark()", 123, r"light-dark\(", "color: light-dark(red, blue)"),
    _value("subgrid", 117, r"subgrid\b", "grid-template-columns: subgrid"),
    _value("dvh, svh, lvh", 108, r"[\d.]+[dsl]v(?:h|w|i|b|min|max)\b", "height: 100dvh"),
    _value("lh, rlh", 111, r"[\d.]+r?lh\b", "height: 2lh"),
    _value("cqw, cqi", 105, r"[\d.]+cq(?:w|h|i|b|min|max)\b", "width: 50cqi"),
    Feature(
        "overflow: clip",
        90,
        r"overflow(?:-[xy])?\s*:[^;]*\bclip\b",
        "a { overflow: clip; }",
        earlier=True,
        frame=PROPERTY,
    ),
    _value("image-set()", 113, r"(?<!-)image-set\(", 'background: image-set("a.png" 1x)'),
    _value("round(), sin()", 125, r"(?:round|mod|rem|sin|cos|tan|pow|sqrt|hypot|abs|sign)\(", "width: round(1px, 2px)"),
    _value("attr() with a type", 133, r"attr\([^)]*\b(?:type\(|px|rem|%)", "width: attr(data-w px)"),
    _value("revert-layer", 99, r"revert-layer\b", "all: revert-layer"),
    _value("if()", 137, r"if\(", "color: if(style(--a): red)"),
)


def _called(name: str, since: int, pattern: str, example: str) -> Feature:
    return Feature(name, since, pattern, example)


def _named(name: str, since: int, example: str) -> Feature:
    *_, last = name.split(".")
    return Feature(name, since, rf"(?<!\w){name.replace('.', '[.]')}\b", example, asked=last)


SCRIPTS = (
    _called(".at()", 92, r"\.at\(", "rows.at(-1);"),
    _called(".findLast()", 97, r"\.findLast(?:Index)?\(", "rows.findLast(Boolean);"),
    _called(".toSorted()", 110, r"\.to(?:Sorted|Reversed|Spliced)\(", "rows.toSorted();"),
    _called(".isWellFormed()", 111, r"\.(?:is|to)WellFormed\(", "name.isWellFormed();"),
    _called("methods of sets", 122, r"\.(?:isSubsetOf|isSupersetOf|symmetricDifference)\(", "a.isSubsetOf(b);"),
    _called(".checkVisibility()", 105, r"\.checkVisibility\(", "box.checkVisibility();"),
    _called(".showPicker()", 99, r"\.showPicker\(", "box.showPicker();"),
    _called("popovers", 114, r"\.(?:show|hide|toggle)Popover\(|\.popover\b", "box.showPopover();"),
    _called(".inert", 102, r"\.inert\b", "box.inert = true;"),
    _called("startViewTransition()", 111, r"\.startViewTransition\(", "document.startViewTransition(go);"),
    _called("causes of errors", 93, r"Error\([^)]*\{\s*cause\b", 'new Error("x", { cause: error });'),
    _called("top-level await", 89, r"^(?:(?:const|let|var)\s[^=\n]+=\s*)?await\b", "const said = await ask();"),
    _called("static blocks", 94, r"\bstatic\s*\{", "class A { static { run(); } }"),
    _called("#x in object", 91, r"#\w+\s+in\s", "class A { #x; has(o) { return #x in o; } }"),
    _called(
        "import attributes",
        123,
        r"\b(?:import|export)\b[^;\n]*\b(?:with|assert)\s*\{",
        'import a from "a" with { type: "json" };',
    ),
    _called("flags d and v", 90, r"(?<=[=(,:])\s*/[^/\n]+/[gimsuy]*[dv]", "const name = /a/d;"),
    _called("using", 134, r"^\s*(?:await\s+)?using\s+\w+\s*=", "using file = open();"),
    _named("structuredClone", 98, "structuredClone(rows);"),
    _named("Object.hasOwn", 93, "Object.hasOwn(row, 1);"),
    _named("Object.groupBy", 117, "Object.groupBy(rows, key);"),
    _named("Array.fromAsync", 121, "Array.fromAsync(rows);"),
    _named("Promise.withResolvers", 119, "Promise.withResolvers();"),
    _named("Intl.Segmenter", 87, 'new Intl.Segmenter("zh");'),
    _named("crypto.randomUUID", 92, "crypto.randomUUID();"),
    _named("AbortSignal.timeout", 103, "AbortSignal.timeout(5);"),
    _named("AbortSignal.any", 116, "AbortSignal.any([a]);"),
    _named("URL.canParse", 120, "URL.canParse(x);"),
    _named("Response.json", 105, "Response.json({});"),
    _named("Temporal", 144, "Temporal.Now.instant();"),
)


def _attribute(name: str, since: int, example: str) -> Feature:
    return Feature(name, since, rf"<[a-z][^<]*\s{name}(?=[\s=>])", example)


PAGES = (
    _attribute("popover", 114, "<div popover>x</div>"),
    _attribute("popovertarget", 114, '<button popovertarget="a">x</button>'),
    _attribute("command", 135, '<button command="show-modal">x</button>'),
    _attribute("inert", 102, "<div inert>x</div>"),
    _attribute("blocking", 105, '<link rel="stylesheet" blocking="render">'),
    _attribute("fetchpriority", 102, '<img fetchpriority="high" alt="">'),
    _attribute("shadowrootmode", 111, '<template shadowrootmode="open"></template>'),
    Feature("details name", 120, r"<details\b[^<]*\sname=", '<details name="a">x</details>'),
    Feature("hidden until found", 102, r"\shidden=.until-found", '<div hidden="until-found">x</div>'),
    Feature("<search>", 118, r"<search\b", "<search>x</search>"),
    Feature("<selectedcontent>", 135, r"<selectedcontent\b", "<selectedcontent></selectedcontent>"),
    Feature("importmap", 89, r"<script[^>]*type=.importmap", '<script type="importmap" src="a"></script>'),
    Feature(
        "speculationrules",
        109,
        r"<script[^>]*type=.speculationrules",
        '<script type="speculationrules" src="a"></script>',
    ),
)
OLD_STYLES = (
    "a:focus-visible { color: red; }",
    ".row { display: flex; gap: 1rem; }",
    "@property --a { syntax: '*'; inherits: false; }",
    "main { content-visibility: auto; }",
    "a { width: min(1rem, 100%); height: clamp(1px, 2vh, 3px); }",
    "a { margin-inline-start: 1px; padding-inline-end: 2px; }",
    "@supports selector(:focus-visible) { a { color: red; } }",
    "@media (min-aspect-ratio: 1/1) { a { color: red; } }",
    'a::after { content: "&:has(a)"; }',
    "a:not(.b) { background-clip: padding-box; }",
    "/* li:has(a) */ a { color: red; }",
    "a { background-color: rgb(0 0 0 / 50%); text-decoration: underline dotted; }",
    "a { transform: rotate(3deg) scale(2); text-overflow: clip; overflow: hidden; }",
)
OLD_SCRIPTS = (
    'const name = text.replaceAll("a", "b");',
    "said ??= nothing?.here;",
    "class A { #x = 1; #run() { return this.#x; } }",
    "async function go() {\n  await ask();\n}",
    "dialog.showModal();",
    "// rows.at(-1)",
    'const where = "/static/dev/";',
    "box.replaceChildren(); whatever.attachment();",
    "const half = all / 2 / d;",
)
OLD_PAGES = (
    '<img loading="lazy" alt="">',
    "<dialog>x</dialog>",
    '<details open><summary>inert popover</summary><input name="a"></details>',
    "<!-- <div inert> -->",
    "{% comment %}<div popover>{% endcomment %}",
)
