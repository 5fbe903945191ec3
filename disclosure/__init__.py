"""The document: what the law says to publish, and the editions that were published."""
