"""Our retrieval beside the engines and bots a user would otherwise pick."""
