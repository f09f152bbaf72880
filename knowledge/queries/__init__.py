"""What may be read of statutes, versions, publications, questions and votes."""
