"""The company's help network."""
