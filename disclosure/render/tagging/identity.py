"""What the file says it is: PDF/UA-1 beside PDF/A-3a, in one metadata record."""

from typing import Any

CLAIM = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
"""PDF/A knows only its own properties; a property of another standard is described beside its value."""
END = b"</rdf:RDF>"


def declare(pdf: Any) -> None:
    """Add the claim to the metadata that WeasyPrint wrote; archives read metadata without unpacking it."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.compress = False
    metadata.stream = [part.replace(END, CLAIM + END) for part in metadata.stream]


def associate_once(pdf: Any) -> None:
    """Name each attached file once: WeasyPrint lists those of the name tree twice."""
    if "AF" in pdf.catalog:
        from pydyf import Array

        pdf.catalog["AF"] = Array(dict.fromkeys(pdf.catalog["AF"]))
