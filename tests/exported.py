"""The site as files, served by a plain server and crawled from its home page."""

from crawling import crawl, serving_files

from portal.exporting import Export


def walked(folder, prefix=None):
    """Return the crawl of an export as a plain server serves it; no link leads nowhere."""
    Export(folder / "a" / "yusuan", prefix).run()
    with serving_files(folder) as fetch:
        walk = crawl(fetch, "/a/yusuan/", "/a/yusuan/sitemap.xml", "/a/yusuan/robots.txt")
    assert walk.not_found() == {}
    assert walk.outside == set()
    assert walk.missing_places() == set()
    return walk


def unreached(walk, folder):
    """Return the pages that were written and that no link leads to."""
    written = {f"/a/yusuan/{path.relative_to(folder / 'a' / 'yusuan')}" for path in folder.rglob("*.html")}
    return written - {f"{address}index.html" for address in walk.pages}
