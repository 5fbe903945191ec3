"""What a document must hold, part by part: what each is made of, how far it is, who worked on it last."""
