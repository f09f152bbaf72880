"""tantivy, with jieba's words in a field cut at spaces."""

import chinese


class Tantivy:
    """One in-memory index, one writer thread, any of the words may match."""

    def __init__(self) -> None:
        """Import it and load the dictionary."""
        import tantivy

        self.tantivy = tantivy
        chinese.start()

    def build(self, rows: list[tuple[str, str]]) -> None:
        """Cut and index the rows."""
        tantivy = self.tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("body", stored=False, tokenizer_name="whitespace")
        builder.add_unsigned_field("row", stored=True)
        self.schema = builder.build()
        index = tantivy.Index(self.schema)
        writer = index.writer(200_000_000, 1)
        tokens = [chinese.words(chinese.whole(row)) for row in rows]
        for number, words in enumerate(tokens):
            writer.add_document(tantivy.Document(body=" ".join(words), row=number))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self.searcher = index.searcher()
        self.worth = chinese.Worth(tokens)

    def find(self, text: str, k: int) -> list[tuple[int, float]]:
        """Return the best `k` rows with their scores."""
        query, should = self.tantivy.Query, self.tantivy.Occur.Should
        terms = [(should, query.term_query(self.schema, "body", word)) for word in chinese.words(text)]
        hits = self.searcher.search(query.boolean_query(terms), k, count=False).hits
        return [(self.searcher.doc(address)["row"][0], score) for score, address in hits]

    def itself(self, text: str) -> float:
        """Return about what the question itself would score."""
        return self.worth.of(chinese.words(text))
